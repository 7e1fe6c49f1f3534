import type { Tallies } from "../reactions/tallies.ts";
import type { Comment, CommentState } from "./comment.ts";
import type { Draft } from "./draft.ts";
import type { NameSkeletons } from "./names.ts";
import type { Pause } from "./pause.ts";
import type { Challenge, Finding } from "./verdict.ts";
import type { ReachedLimit, Write } from "./write-limits.ts";

/** The orders of top-level comments; replies always follow their parent, oldest first. */
export const sorts = ["oldest", "newest", "top"] as const;
export type Sort = (typeof sorts)[number];

/** The page of its post's thread, read oldest first, that a comment is on. */
export type CommentLocation = { postId: string; state: CommentState; position: PagePosition };

/** A comment in a feed. */
export type LatestComment = Comment & { postId: string };

/** Some of a post's published comments. */
export type PublishedComments = Pick<ThreadPage, "count" | "revision"> & {
	comments: readonly Comment[];
	/** Id of the last one here; null if there are no more. */
	next: number | null;
};

/** One page of a thread in reading order: each comment, then its replies. */
export type ThreadPage = {
	/** Published comments of the whole thread, not of this page. */
	count: number;
	/** The thread's revision number, which changes with every visible change. */
	revision: number;
	/** Reactions on the post itself. */
	tallies: Tallies;
	/** When a moderator closed the thread (epoch milliseconds), or null. */
	closedAt: number | null;
	/** The pause of commenting on the whole blog, which may have ended. */
	pause: Pause | null;
	/** The pinned comment; null without one, and on later pages. */
	pinned: Comment | null;
	comments: readonly Comment[];
	/** The last reply shown of each branch that continues on other pages, by the id of its top-level comment. */
	branchCursors: ReadonlyMap<number, number>;
	/** Cursor of the next page, the id of the comment it begins after; null on the last. */
	next: number | null;
	/** Whether there are comments before this page. */
	hasPrevious: boolean;
	/**
	 * Set on a page of one branch: its top-level comment, which comes first, and the reply after which the previous page
	 * begins, null when that is the thread itself.
	 */
	branch: { root: number; previous: number | null } | null;
};

/** A thread's first page that is stored as it was rendered, with what its headers depend on. */
export type RenderedPage = Pick<ThreadPage, "revision" | "pause"> & {
	/** When it changes by itself (epoch milliseconds); null for never. */
	changesAt: number | null;
	etag: string;
	/** The compressed document. */
	body: string;
};

/**
 * A page of a thread: the first (null), one that begins after a top-level comment, or one of a single branch that begins
 * after one of its replies.
 */
export type PagePosition = { after: number } | { branch: number; after: number } | null;

/** The acts of moderators that may close a thread. */
export type Closing = Pick<ThreadPage, "closedAt" | "pause">;

/** The page of a thread to read; `around` is a comment that must be on it, public or not. */
export type ThreadPosition = PagePosition | { around: number };

/** A draft with everything that is stored with it. */
export type NewComment = Draft & {
	postId: string;
	parentId: number | null;
	visitor: string;
	html: string;
	lang: string | null;
	fingerprint: string;
	/** The one-time key of its form, or null for the shared cached form. */
	formKey: string | null;
	/** Keyed digest of the sender's network, or null when unknown. */
	network: string | null;
	/** Digest that finds the same text under other posts; null for short texts. */
	contentHash: string | null;
	state: CommentState;
	/** The reasons the rules did not publish it; empty when they did. */
	findings: readonly Finding[];
	/** Written in the admin, as the blog. */
	byAuthor: boolean;
	/** Skeletons of its name; null skips the check for verified names. */
	nameSkeletons: NameSkeletons | null;
	createdAt: number;
};

/** A stored comment: the new one, or the earlier one it duplicates. */
export type StoredComment = {
	id: number;
	/** Epoch milliseconds. */
	createdAt: number;
	state: CommentState;
	duplicate: boolean;
	/** The visitor who owns it. Repeating a stranger's text within ten minutes gives no ownership. */
	visitor: string;
	formKey: string | null;
	/** Whether it was merged into a comment of seconds ago, as the likely second POST of a double click. */
	mergedDoublePost: boolean;
	/** The reasons the rules did not publish it; empty when they did. */
	findings: readonly Finding[];
};

/**
 * Epoch milliseconds from which an equal text of the same sender is a duplicate, and from which it is a double post (null:
 * never). A new visitor has no cookie, so that the network and the addresses tell whether the sender is the same.
 */
export type DuplicateWindow = { since: number; doublePostSince: number | null; isNewVisitor: boolean };

/** The result of a submission: the stored comment, or the reason there is none. */
export type AddResult = StoredComment | "no_parent" | "closed" | "paused" | "name_taken";

/** A held comment with its source text. */
export type HeldComment = Comment & { postId: string; source: string };

/** The stored comments. */
export type CommentRepository = {
	/**
	 * Reads at most `limit` comments of a post's thread, oldest first unless sorted otherwise; null when it has no such
	 * position. A long branch is cut so that another top-level comment fits. Pages of one branch are always oldest first, and
	 * the branch's root does not count towards the limit.
	 */
	thread(postId: string, position: ThreadPosition, limit: number, sort?: Sort): Promise<ThreadPage | null>;
	/**
	 * Reads the first page of a post's thread, oldest first, as a deployment has rendered and stored it, or else its comments.
	 * The statement that returns a stored page decides that it is current at `now`.
	 */
	firstPage(
		postId: string,
		limit: number,
		stored: { deployment: string; now: number },
	): Promise<{ rendered: RenderedPage } | { rendered: null; thread: ThreadPage }>;
	/** Locates a comment in its thread read oldest first in pages of `limit`; null when there is none. */
	locate(id: number, limit: number): Promise<CommentLocation | null>;
	/**
	 * Lists a post's published comments in the order in which they appeared, those after the comment `after`; null unless that
	 * one was ever published on this post.
	 */
	listPublished(postId: string, after: number | null, limit: number): Promise<PublishedComments | null>;
	/**
	 * Lists the published comments, of one post or of all, the latest published first; with `before`, those published before
	 * that comment, which must have been published there once.
	 */
	latest(postId: string | null, limit: number, before?: number | null): Promise<readonly LatestComment[]>;
	/** Lists the ids of a post's published comments, the latest published first. */
	latestIds(postId: string, limit: number): Promise<readonly number[]>;
	/** Finds a published comment, or null. */
	find(id: number): Promise<(Comment & { postId: string; source: string }) | null>;
	/** Counts published comments by post id; a post without any is absent. */
	counts(postIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
	/** Returns when a moderator closed a post's thread (epoch milliseconds), or null, and the pause of the whole blog. */
	closing(postId: string): Promise<Closing>;
	/**
	 * Stores a comment unless one with the same fingerprint was stored lately or came from the same form, or its name is
	 * another visitor's. Marks it as verified when its visitor verified the name.
	 */
	add(comment: NewComment, duplicates: DuplicateWindow): Promise<AddResult>;
	/**
	 * The same, if the write can be counted; counts it in the same round trip. If a limit refuses it, returns the stored comment
	 * that it repeats, or else the limit.
	 */
	add(comment: NewComment, duplicates: DuplicateWindow, write: Write): Promise<AddResult | ReachedLimit>;
	/** Lists the oldest held comments. */
	listHeld(limit: number): Promise<readonly HeldComment[]>;
	/**
	 * Moves comments to a state and records the decision; every change of state goes through here. Returns the ids it
	 * changed, without missing comments, those already in that state and those erased by their author.
	 */
	decide(ids: readonly number[], state: CommentState, decision: Decision): Promise<readonly number[]>;
};

/** Maps a comment's id to the number of the version a moderator saw. */
export type SeenVersions = ReadonlyMap<number, number>;

/** The version of a comment that nobody has changed. */
export const firstVersion = 1;

/** The actor, reason and time of a decision; decisions of one `operation` can be undone together. */
export type Decision = {
	actor: string;
	reason: string;
	at: number;
	operation?: string;
	/** Limits the decision to comments created at this instant (epoch milliseconds), as a token names one. */
	createdAt?: number;
	/** Limits the decision to comments still in this state. */
	from?: CommentState;
	/** Limits the decision to comments of these versions; one absent here must never have been changed. */
	seen?: SeenVersions;
	/**
	 * Limits the decision to comments held for this challenge alone, which their author has passed, and not edited since;
	 * removes its finding.
	 */
	challenge?: Challenge;
};

import type { Tallies } from "../reactions/tallies.ts";
import type { Comment, CommentState } from "./comment.ts";
import type { Draft } from "./draft.ts";
import type { Finding, StepUp } from "./judgement.ts";
import type { NameKeys } from "./names.ts";

/** By what the comments on the post itself are ordered; replies always follow their parent, oldest first. */
export const sorts = ["oldest", "newest", "top"] as const;
export type Sort = (typeof sorts)[number];

/** Where a comment is: on which page of its post's thread, read oldest first. */
export type Place = { postId: string; state: CommentState; position: PagePosition };

/** A comment as a feed tells of it. */
export type LatestComment = Comment & { postId: string };

/** One page of a thread in reading order: each comment, then its replies. */
export type ThreadPage = {
	/** Published comments of the whole thread, not of this page. */
	count: number;
	/** How often the conversation has changed; the same number means the same page. */
	revision: number;
	/** Reactions on the post itself. */
	tallies: Tallies;
	/** When a moderator closed the thread (epoch milliseconds), or null. */
	closedAt: number | null;
	/** The comment a moderator set before all others; null without one, and on later pages. */
	pinned: Comment | null;
	comments: readonly Comment[];
	/** The last reply shown of each branch that goes on on pages of its own, by the id of the comment on the post. */
	goesOn: ReadonlyMap<number, number>;
	/** Id of the comment after which the next page begins, or null on the last. */
	next: number | null;
	/** Whether comments come before this page. */
	continued: boolean;
	/**
	 * Set on a page of one branch: the comment on the post it hangs from, which comes first, and the reply after which the
	 * page before begins; null when that is the thread itself.
	 */
	branch: { root: number; previous: number | null } | null;
};

/**
 * A page of a thread: its first, the one that begins after a comment on the post, or the one of a single branch that
 * begins after one of its replies.
 */
export type PagePosition = { after: number } | { branch: number; after: number } | null;

/** Which page of a thread to read; `around` is a comment that must be on it, waiting or not. */
export type ThreadPosition = PagePosition | { around: number };

/** A draft with everything the store needs to keep it. */
export type NewComment = Draft & {
	postId: string;
	parentId: number | null;
	visitor: string;
	html: string;
	lang: string | null;
	fingerprint: string;
	/** The one-time key of the form it was written in, or null for the form everybody shares. */
	formKey: string | null;
	/** Keyed digest of the network it came from, or null where that is not known. */
	network: string | null;
	/** Digest of the words, by which they are found under other posts; null for too few. */
	said: string | null;
	state: CommentState;
	/** Why the rules did not publish it; empty when they did. */
	findings: readonly Finding[];
	/** Written from the desk. */
	byAuthor: boolean;
	/** What its name is told from others by; null where nobody asks whether the name is somebody's. */
	nameKeys: NameKeys | null;
	createdAt: number;
};

/** A comment that is in the store: the new one, or the earlier one it repeats. */
export type Kept = {
	id: number;
	state: CommentState;
	repeated: boolean;
	/** Whose it is. Saying somebody's words again within ten minutes does not make them one's own. */
	visitor: string;
	formKey: string | null;
	/** Whether it repeats one that came a moment ago by the same press of a button, as far as can be told. */
	doubled: boolean;
	/** Why the rules did not publish it; empty when they did. */
	findings: readonly Finding[];
};

/** From when (epoch milliseconds) the same words are the same comment, and from when they are the very same act; null for never. */
export type Repeats = { since: number; doubledSince: number | null };

/** What became of a submission: a comment in the store, or why there is none. */
export type Stored = Kept | "no_parent" | "closed" | "name_taken";

export type WaitingComment = Comment & { postId: string; source: string };

/** What the domain asks of the place comments are kept in. */
export type CommentRepository = {
	/**
	 * Reads at most `limit` comments of a post's thread, oldest first unless sorted otherwise, each on the post with no
	 * more replies than leave room for another; null when the thread has no such position. Branches are always read
	 * oldest first, and their root comes on top of the limit.
	 */
	thread(postId: string, position: ThreadPosition, limit: number, sort?: Sort): Promise<ThreadPage | null>;
	/** Where a comment stands in a thread read oldest first in pages of `limit`; null when there is none. */
	place(id: number, limit: number): Promise<Place | null>;
	/** The newest published comments, of one post or of all. */
	latest(postId: string | null, limit: number): Promise<readonly LatestComment[]>;
	/** The published comment of that id, with its post, or null. */
	find(id: number): Promise<(Comment & { postId: string; source: string }) | null>;
	/** Published comments by post id; a post without any is absent. */
	counts(postIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
	/** When a moderator closed a post's thread (epoch milliseconds), or null. */
	closedAt(postId: string): Promise<number | null>;
	/**
	 * Keeps a comment, unless one of the same fingerprint was kept lately or came from the very same form, or its name is
	 * somebody else's. It is marked as verified when the name is its visitor's.
	 */
	add(comment: NewComment, repeats: Repeats): Promise<Stored>;
	/** The oldest waiting comments. */
	waiting(limit: number): Promise<readonly WaitingComment[]>;
	/**
	 * Moves comments to a state and records who did so and why: every change of a state comes through here. Gives the ids
	 * of those it changed; one that is not there, is in that state already or was taken back by its author is not.
	 */
	decide(ids: readonly number[], state: CommentState, decision: Decision): Promise<readonly number[]>;
};

/** When the words that somebody read were last changed (epoch milliseconds), by the comment's id; null for never. */
export type Seen = ReadonlyMap<number, number | null>;

/** Who decided, why and when; what is decided in one go shares an `act`, by which it can be undone. */
export type Decision = {
	madeBy: string;
	reason: string;
	at: number;
	act?: string;
	/** Only comments that are in this state, for those who decided on what they saw. */
	from?: CommentState;
	/** Only comments that say what was read of them; one that is not among these was read as it came, never changed. */
	seen?: Seen;
	/** Only comments whose words are from this instant (epoch milliseconds) or before. */
	wordsBy?: number;
	/**
	 * Only comments that wait for nothing but this step, which their author has done, and say what they said when they were
	 * judged: the objection goes with the wait.
	 */
	stepUp?: StepUp;
};

import type { Tallies } from "../reactions/tallies.ts";
import type { Comment, CommentState } from "./comment.ts";
import type { Draft } from "./draft.ts";

/** One page of a thread, in the order it is read: each comment, then its replies, oldest first. */
export type ThreadPage = {
	/** Published comments of the whole thread, not of this page. */
	count: number;
	/** Reactions on the post itself. */
	tallies: Tallies;
	comments: readonly Comment[];
	/** Id of the comment after which the next page begins, or null on the last. */
	next: number | null;
	/** Whether comments come before this page. */
	continued: boolean;
};

/** Which part of a thread to read; `around` is a comment that must be on the page, waiting or not. */
export type ThreadPosition = { after: number } | { around: number } | null;

/** A draft with everything the store needs to keep it. */
export type NewComment = Draft & {
	postId: string;
	parentId: number | null;
	visitor: string;
	html: string;
	lang: string | null;
	fingerprint: string;
	state: CommentState;
	createdAt: number;
};

/** What became of a submission: a new comment, the earlier one it repeats, or nothing, its parent being gone. */
export type Stored = { id: number; state: CommentState; repeated: boolean } | null;

export type WaitingComment = Comment & { postId: string; source: string };

/** What the domain asks of the place comments are kept in. */
export type CommentRepository = {
	/** Reads at most `limit` comments of a post's thread. An unknown position reads the first page. */
	thread(postId: string, position: ThreadPosition, limit: number): Promise<ThreadPage>;
	/** The published comment of that id, with its post, or null. */
	find(id: number): Promise<(Comment & { postId: string; source: string }) | null>;
	/** Published comments by post id; a post without any is absent. */
	counts(postIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
	/** Keeps a comment unless its fingerprint was kept since `repeatedSince` (epoch milliseconds). */
	add(comment: NewComment, repeatedSince: number): Promise<Stored>;
	/** Whether this visitor has a published comment. */
	isKnown(visitor: string): Promise<boolean>;
	/** The oldest waiting comments. */
	waiting(limit: number): Promise<readonly WaitingComment[]>;
	/** Moves a comment to a state and records who did so and why; false when there is no such comment or nothing changes. */
	decide(id: number, state: CommentState, decision: Decision): Promise<boolean>;
};

export type Decision = { madeBy: string; reason: string; at: number };

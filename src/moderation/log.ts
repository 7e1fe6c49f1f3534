import type { CommentState } from "../comments/comment.ts";

/** What can be done at the desk; all of it is written down, and most of it can be undone. */
export type DeedKind =
	| "decided"
	| "proved"
	| "rejudged"
	| "edited"
	| "replied"
	| "closed"
	| "opened"
	| "pinned"
	| "unpinned"
	| "blocked"
	| "unblocked"
	| "ruled"
	| "anonymised"
	| "erased"
	| "invited"
	| "enrolled"
	| "ranked"
	| "dismissed";

/** Who made a decision that was made with a command: there is no telling who typed it. */
export const commandLine = "command line";

/** One line of the log: what was done to one thing. */
export type Deed = {
	id: number;
	/** What was done in one go, such as approving three comments, shares an act and is undone together. */
	act: string;
	kind: DeedKind;
	commentId: number | null;
	postId: string | null;
	/** The state a comment was given, when that is what was done. */
	state: CommentState | null;
	/** What it was before and after: a state, a text, settings, a label; a judgement, where the rules changed their mind. */
	before: string | null;
	after: string | null;
	madeBy: string;
	reason: string;
	createdAt: number;
	undoneAt: number | null;
};

/** What is written down of a deed. */
export type NewDeed = {
	act: string;
	kind: DeedKind;
	commentId?: number | null;
	postId?: string | null;
	before?: string | null;
	after?: string | null;
	madeBy: string;
	reason: string;
	at: number;
};

/** The log of every decision; rows are added and marked undone, never changed or removed. */
export type DecisionLog = {
	record(...deeds: readonly NewDeed[]): Promise<void>;
	/** At most `limit` deeds, newest first, older than the one of id `before`. */
	list(filter: { before: number | null; commentId: number | null }, limit: number): Promise<readonly Deed[]>;
	/** What was done in one act, first to last. */
	of(act: string): Promise<readonly Deed[]>;
	/** Marks an act undone; false when it is already, so that two who undo at once do it once. */
	markUndone(act: string, at: number): Promise<boolean>;
};

/** Kinds that cannot be taken back here: the words are gone, others have read them, or it is about who works here. */
const lasting: ReadonlySet<DeedKind> = new Set([
	"anonymised",
	"erased",
	"replied",
	"invited",
	"enrolled",
	"ranked",
	"dismissed",
]);

/** The state a comment had before a deed. */
export function stateBefore({ kind, before }: Pick<Deed, "kind" | "before">): string | null {
	if (kind !== "rejudged" || before === null) return before;
	const { state }: { state?: string } = JSON.parse(before);
	return state ?? null;
}

/** Whether an act can still be undone. */
export function isUndoable(deed: Pick<Deed, "kind" | "undoneAt" | "act" | "before">): boolean {
	return deed.act !== "" && deed.undoneAt === null && !lasting.has(deed.kind);
}

import type { CommentState } from "../comments/comment.ts";
import type { Pause } from "../comments/pause.ts";
import type { NewComment, SeenVersions } from "../comments/repository.ts";
import type { AuditContext, AuditEntry } from "./audit-log.ts";
import type { Block, BlockTarget } from "./blocks.ts";
import type { EditedText } from "./commenters.ts";
import type { Settings } from "./settings.ts";

/** A change by a moderator. Where its condition does not hold, it changes and logs nothing. */
export type Change =
	/** Moves comments to a state: those still in `from`, and in the versions `seen`. */
	| { is: "decision"; ids: readonly number[]; state: CommentState; from?: CommentState; seen?: SeenVersions }
	| { is: "block"; targets: readonly BlockTarget[] }
	| { is: "unblock"; blocks: readonly Pick<Block, "kind" | "value">[] }
	/** Replaces the words of a comment that is still in this version, and keeps them as an earlier version. */
	| { is: "edit"; id: number; version: number; text: EditedText }
	/** Stores a reply, once for an operation, below a comment that is public by then. */
	| { is: "reply"; comment: NewComment }
	| { is: "close"; postId: string; closed: boolean }
	/** Pins a published comment, or none, where `from` is pinned, or whichever is. */
	| { is: "pin"; postId: string; commentId: number | null; from?: number | null }
	/** Replaces settings that are still in this version. */
	| { is: "settings"; settings: Settings; before: Settings; version: number }
	/** Pauses commenting on the whole blog, or with null ends the pause, in this version. */
	| { is: "pause"; pause: Pause | null; version: number }
	/** Moves all comments of a post to another; `back` only those that came from there. */
	| { is: "move"; from: string; to: string; back: boolean }
	/** Dismisses the open reports of comments, or restores those that were dismissed at an instant. */
	| { is: "reports"; ids: readonly number[]; restores: number | null }
	/** Stops the recheck of an operation and reverts its changes to comments that are still as it left them. */
	| { is: "recheck_reversal"; operation: string };

/** An entry that an operation has written to the audit log. */
export type WrittenEntry = Pick<AuditEntry, "kind" | "commentId">;

/** Stores changes of moderators: each operation with all its audit entries, or not at all. */
export type ChangeRepository = {
	/** Makes the changes of one operation, in order, and returns the operation's entries in the audit log. */
	apply(changes: readonly Change[], context: AuditContext): Promise<readonly WrittenEntry[]>;
	/** Makes the changes that undo an operation and marks it undone; false, changing nothing, when it already is. */
	undo(operation: string, changes: readonly Change[], context: AuditContext): Promise<boolean>;
};

import type { CommentState } from "../comments/comment.ts";

/** Every kind of moderation and member operation. All are recorded, most can be undone. */
export const auditKinds = [
	"decided",
	"challenge_passed",
	"rechecked",
	"edited",
	"replied",
	"closed",
	"opened",
	"pinned",
	"unpinned",
	"blocked",
	"unblocked",
	"settings_changed",
	"moved",
	"reports_dismissed",
	"reports_restored",
	"all_held",
	"all_closed",
	"all_reopened",
	"anonymized",
	"erased",
	"purged",
	"invited",
	"enrolled",
	"role_changed",
	"member_removed",
] as const;
export type AuditKind = (typeof auditKinds)[number];

/** The actor of what the cron trigger deletes after its retention. */
export const retentionActor = "retention";

/** The actor of operations made from the command line, which does not know its user. */
export const commandLineActor = "command line";

/** One line of the audit log: one change to one thing. */
export type AuditEntry = {
	id: number;
	/** Shared by entries made in one request, such as approving three comments; they are undone together. */
	operation: string;
	kind: AuditKind;
	commentId: number | null;
	postId: string | null;
	/** The state a comment was moved to, if the entry is about that. */
	state: CommentState | null;
	/** The old and new value: a state, settings or label, or for a recheck a judgement; never a comment's words. */
	before: string | null;
	after: string | null;
	actor: string;
	reason: string;
	createdAt: number;
	undoneAt: number | null;
	/** The version of the comment that it is about; null for other entries. */
	version: number | null;
};

/** An audit entry to be recorded. */
export type NewAuditEntry = {
	operation: string;
	kind: AuditKind;
	postId?: string | null;
	before?: string | null;
	after?: string | null;
	actor: string;
	reason: string;
	at: number;
};

/** The actor, reason and time of an operation, and the id by which it can be undone. */
export type AuditContext = Pick<NewAuditEntry, "actor" | "reason" | "at" | "operation">;

/** The log of every operation. Rows are added and marked undone, never changed or removed. */
export type AuditLog = {
	/** Adds an entry about something that is stored nowhere else; a change is logged by the statement beside it. */
	record(entry: NewAuditEntry): Promise<void>;
	/** Lists at most `limit` entries, newest first, older than the one of id `before`. */
	list(
		filter: { before: number | null; commentId: number | null },
		limit: number,
	): Promise<readonly AuditEntry[]>;
	/** Lists the entries of one operation, oldest first. */
	findByOperation(operation: string): Promise<readonly AuditEntry[]>;
};

/** Kinds that cannot be undone: the text is gone, others have read it, or it is about members. */
const irreversible: ReadonlySet<AuditKind> = new Set([
	"anonymized",
	"erased",
	"purged",
	"replied",
	"reports_restored",
	"invited",
	"enrolled",
	"role_changed",
	"member_removed",
]);

/** Returns the state a comment had before an entry. */
export function stateBefore({ kind, before }: Pick<AuditEntry, "kind" | "before">): string | null {
	if (kind !== "rechecked" || before === null) return before;
	const { state }: { state?: string } = JSON.parse(before);
	return state ?? null;
}

/** Whether an operation can still be undone. */
export function isUndoable(entry: Pick<AuditEntry, "kind" | "undoneAt" | "operation" | "before">): boolean {
	return entry.operation !== "" && entry.undoneAt === null && !irreversible.has(entry.kind);
}

/** Whether the member may undo an entry; what only owners may do, only owners may undo. */
export function mayUndo(actor: { role: string } | null, entry: Pick<AuditEntry, "kind">): boolean {
	return actor?.role === "owner" || (entry.kind !== "settings_changed" && entry.kind !== "rechecked");
}

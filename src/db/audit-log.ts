import type { D1Database } from "@cloudflare/workers-types";
import { and, asc, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { CommentState } from "../comments/comment.ts";
import type { Decision } from "../comments/repository.ts";
import type { AuditKind, AuditLog, NewAuditEntry } from "../moderation/audit-log.ts";
import { newId } from "./json-rows.ts";
import { auditLog, comments } from "./schema.ts";

/** Returns the statement that logs a change of state of the comments `which`; run it in one batch with the change. */
export function recordDecisions(
	db: DrizzleD1Database,
	which: SQL | undefined,
	state: CommentState,
	decision: Decision,
) {
	const { actor, reason, at, operation = "", challenge } = decision;
	const kind: AuditKind = challenge === undefined ? "decided" : "challenge_passed";
	return db.insert(auditLog).select(
		db
			.select({
				id: newId.as("id"),
				commentId: comments.id,
				state: sql`${state}`.as("new_state"),
				actor: sql`${actor}`.as("actor"),
				reason: sql`${reason}`.as("reason"),
				createdAt: sql`${at}`.as("at"),
				operation: sql`${operation}`.as("operation"),
				kind: sql`${kind}`.as("kind"),
				postId: comments.postId,
				before: comments.state,
				after: sql`${state}`.as("after"),
				undoneAt: sql`NULL`.as("undone_at"),
				version: comments.version,
			})
			.from(comments)
			.where(which),
	);
}

/** The columns of audit entries that are taken from rows; one left out is NULL. */
type EntryColumns = Partial<Record<"commentId" | "postId" | "before" | "after" | "version", SQL>>;

/**
 * Returns the statement that logs one entry for each row of `source`, SQL text from the table's name on. Run it in one batch
 * with the change it is about, and before it.
 */
export function logEntries(
	db: DrizzleD1Database,
	entry: Pick<NewAuditEntry, "operation" | "kind" | "actor" | "reason" | "at">,
	columns: EntryColumns,
	source: SQL,
) {
	const column = (name: keyof EntryColumns) => (columns[name] ?? sql`NULL`).as(`entry_${name}`);
	return db.insert(auditLog).select(
		db
			.select({
				id: newId.as("id"),
				commentId: column("commentId"),
				state: sql`NULL`.as("entry_state"),
				actor: sql`${entry.actor}`.as("entry_actor"),
				reason: sql`${entry.reason}`.as("entry_reason"),
				createdAt: sql`${entry.at}`.as("entry_at"),
				operation: sql`${entry.operation}`.as("entry_operation"),
				kind: sql`${entry.kind}`.as("entry_kind"),
				postId: column("postId"),
				before: column("before"),
				after: column("after"),
				undoneAt: sql`NULL`.as("entry_undone_at"),
				version: column("version"),
			})
			.from(source),
	);
}

/** The audit log in D1. */
export function auditLogRepository(d1: D1Database): AuditLog {
	const db = drizzle(d1);

	return {
		async record(entry) {
			const text = (value: string | null | undefined) => sql`${value ?? null}`;
			await logEntries(
				db,
				entry,
				{ postId: text(entry.postId), before: text(entry.before), after: text(entry.after) },
				sql`(SELECT 1)`,
			);
		},

		async list({ before, commentId }, limit) {
			return db
				.select()
				.from(auditLog)
				.where(
					and(
						before === null ? undefined : lt(auditLog.id, before),
						commentId === null ? undefined : eq(auditLog.commentId, commentId),
					),
				)
				.orderBy(desc(auditLog.id))
				.limit(limit);
		},

		async findByOperation(operation) {
			if (operation === "") return [];
			return db
				.select()
				.from(auditLog)
				.where(and(eq(auditLog.operation, operation), sql`operation <> ''`))
				.orderBy(asc(auditLog.id));
		},
	};
}

/** The condition for comments of these ids: one bound parameter, however many. */
export function idsAre(ids: readonly number[]): SQL {
	return sql`${comments.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
}

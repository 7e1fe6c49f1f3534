import type { D1Database } from "@cloudflare/workers-types";
import { and, asc, desc, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { CommentState } from "../comments/comment.ts";
import type { Decision } from "../comments/repository.ts";
import type { AuditKind, AuditLog } from "../moderation/audit-log.ts";
import { elements, field, newId } from "./json-rows.ts";
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
			})
			.from(comments)
			.where(which),
	);
}

/** The audit log in D1. */
export function auditLogRepository(d1: D1Database): AuditLog {
	const db = drizzle(d1);

	return {
		async record(...entries) {
			if (entries.length === 0) return;
			await db.insert(auditLog).select(
				db
					.select({
						id: newId.as("id"),
						commentId: field("commentId"),
						state: sql`NULL`.as("state"),
						actor: field("actor"),
						reason: field("reason"),
						createdAt: field("at"),
						operation: field("operation"),
						kind: field("kind"),
						postId: field("postId"),
						before: field("before"),
						after: field("after"),
						undoneAt: sql`NULL`.as("undone_at"),
					})
					.from(elements(entries)),
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
			return db.select().from(auditLog).where(eq(auditLog.operation, operation)).orderBy(asc(auditLog.id));
		},

		async markUndone(operation, at) {
			const marked = await db
				.update(auditLog)
				.set({ undoneAt: at })
				.where(and(eq(auditLog.operation, operation), sql`operation <> ''`, isNull(auditLog.undoneAt)))
				.returning({ id: auditLog.id });
			return marked.length > 0;
		},
	};
}

/** The condition for comments of these ids: one bound parameter, however many. */
export function idsAre(ids: readonly number[]): SQL {
	return sql`${comments.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
}

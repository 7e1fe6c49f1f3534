import type { D1Database } from "@cloudflare/workers-types";
import { and, asc, desc, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { CommentState } from "../comments/comment.ts";
import type { Decision } from "../comments/repository.ts";
import type { AuditKind, AuditLog } from "../moderation/audit-log.ts";
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
	return db.insert(auditLog).select(sql`
		SELECT NULL, id, ${state}, ${actor}, ${reason}, ${at}, ${operation}, ${kind}, post_id, state, ${state}, NULL
		FROM comments WHERE ${which ?? sql`1`}`);
}

/** The audit log in D1. */
export function auditLogRepository(d1: D1Database): AuditLog {
	const db = drizzle(d1);

	return {
		async record(...entries) {
			if (entries.length === 0) return;
			await db.insert(auditLog).select(sql`
				SELECT NULL, value ->> 'commentId', NULL, value ->> 'actor', value ->> 'reason', value ->> 'at',
					value ->> 'operation', value ->> 'kind', value ->> 'postId', value ->> 'before', value ->> 'after', NULL
				FROM json_each(${JSON.stringify(entries)}) WHERE true`);
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

import type { D1Database } from "@cloudflare/workers-types";
import { eq, type SQL, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { AuditContext } from "../moderation/audit-log.ts";
import type { ThreadRepository } from "../moderation/threads.ts";
import { logEntries } from "./audit-log.ts";
import { listThreads } from "./moved-threads.ts";
import { threads } from "./schema.ts";

/** Settings of whole threads in D1. A post without comments and reactions has no row until one is set. */
export function threadRepository(d1: D1Database): ThreadRepository {
	const db = drizzle(d1);

	return {
		async find(postId) {
			const [thread] = await db
				.select({ closedAt: threads.closedAt, pinnedId: threads.pinnedId })
				.from(threads)
				.where(eq(threads.postId, postId));
			return thread ?? { closedAt: null, pinnedId: null };
		},

		list: (after, limit) => listThreads(d1, after, limit),
	};
}

/** Returns the statements that log and close or open a thread that is not so yet; run them in one batch. */
export function closeStatements(
	db: DrizzleD1Database,
	{ postId, closed }: { postId: string; closed: boolean },
	context: AuditContext,
) {
	const differs = sql`(closed_at IS NULL) = ${closed ? 1 : 0}`;
	const set = { closedAt: closed ? context.at : null };
	return change(db, postId, set, differs, { ...context, kind: closed ? "closed" : "opened" }, {});
}

/** Returns the statements that log and set the pinned comment of a thread; run them in one batch. */
export function pinStatements(
	db: DrizzleD1Database,
	{ postId, commentId, from }: { postId: string; commentId: number | null; from?: number | null },
	context: AuditContext,
) {
	const differs = sql`pinned_id IS NOT ${commentId} AND (${commentId} IS NULL OR EXISTS (
		SELECT 1 FROM comments WHERE id = ${commentId} AND post_id = ${postId} AND state = 'published'
	))${from === undefined ? sql`` : sql` AND pinned_id IS ${from}`}`;
	return change(
		db,
		postId,
		{ pinnedId: commentId },
		differs,
		{ ...context, kind: commentId === null ? "unpinned" : "pinned" },
		{
			commentId: commentId === null ? sql`pinned_id` : sql`${commentId}`,
			before: sql`CAST(pinned_id AS TEXT)`,
		},
	);
}

function change(
	db: DrizzleD1Database,
	postId: string,
	set: { closedAt: number | null } | { pinnedId: number | null },
	differs: SQL,
	entry: Parameters<typeof logEntries>[1],
	columns: Parameters<typeof logEntries>[2],
) {
	const which = sql`post_id = ${postId} AND ${differs}`;
	return [
		db.insert(threads).values({ postId }).onConflictDoNothing(),
		logEntries(db, entry, { ...columns, postId: sql`post_id` }, sql`threads WHERE ${which}`),
		db.update(threads).set(set).where(which),
	] as const;
}

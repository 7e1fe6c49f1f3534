import type { D1Database } from "@cloudflare/workers-types";
import { and, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { ThreadRepository } from "../moderation/threads.ts";
import { threads } from "./schema.ts";

/** Settings of whole threads in D1. A post without comments and reactions has no row until one is set. */
export function threadRepository(d1: D1Database): ThreadRepository {
	const db = drizzle(d1);

	const change = async (
		postId: string,
		set: { closedAt: number | null } | { pinnedId: number | null },
		differs: ReturnType<typeof sql>,
	) => {
		const [, changed] = await db.batch([
			db.insert(threads).values({ postId }).onConflictDoNothing(),
			db
				.update(threads)
				.set(set)
				.where(and(eq(threads.postId, postId), differs))
				.returning({ id: threads.postId }),
		]);
		return changed.length > 0;
	};

	return {
		setClosed: (postId, at) =>
			change(postId, { closedAt: at }, sql`(closed_at IS NULL) <> ${at === null ? 1 : 0}`),

		setPinned: (postId, commentId) =>
			change(
				postId,
				{ pinnedId: commentId },
				sql`pinned_id IS NOT ${commentId} AND (${commentId} IS NULL OR EXISTS (
					SELECT 1 FROM comments WHERE id = ${commentId} AND post_id = ${postId} AND state = 'published'))`,
			),

		async find(postId) {
			const [thread] = await db
				.select({ closedAt: threads.closedAt, pinnedId: threads.pinnedId })
				.from(threads)
				.where(eq(threads.postId, postId));
			return thread ?? { closedAt: null, pinnedId: null };
		},
	};
}

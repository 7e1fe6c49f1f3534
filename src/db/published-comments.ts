import type { D1Database } from "@cloudflare/workers-types";
import { and, desc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { CommentRepository } from "../comments/repository.ts";
import { columns, withoutPath } from "./comment-rows.ts";
import { comments, pendingPurges, threads } from "./schema.ts";

/** Reads the public comments from D1 in the order in which they appeared or the reverse, by indexes that have that order. */
export function publishedComments(d1: D1Database): Pick<CommentRepository, "listPublished" | "latest"> {
	const db = drizzle(d1);

	/** Selects when a comment was published. It may be hidden or erased since a cursor was made of it. */
	const publicationOf = (id: number | null, postId: string | null) =>
		db
			.select({ publishedAt: comments.publishedAt })
			.from(comments)
			.where(
				and(
					sql`id = ${id} AND published_at IS NOT NULL`,
					postId === null ? undefined : eq(comments.postId, postId),
				),
			);

	return {
		async latest(postId, limit, before = null) {
			const rows = await db
				.select({ ...columns, postId: comments.postId })
				.from(comments)
				.where(
					and(
						postId === null ? undefined : eq(comments.postId, postId),
						sql`state = 'published'`,
						before === null
							? undefined
							: sql`(published_at, id) < ((${publicationOf(before, postId)}), ${before})`,
					),
				)
				.orderBy(desc(comments.publishedAt), desc(comments.id))
				.limit(limit);
			return rows.map(withoutPath);
		},

		async listPublished(postId, after, limit) {
			const start = publicationOf(after, postId);
			const [[thread], [cursor], rows] = await db.batch([
				db
					.select({ count: threads.commentCount, revision: pendingPurges.revision })
					.from(pendingPurges)
					.leftJoin(threads, eq(threads.postId, pendingPurges.postId))
					.where(eq(pendingPurges.postId, postId)),
				start,
				db
					.select(columns)
					.from(comments)
					.where(
						and(
							eq(comments.postId, postId),
							sql`state = 'published'`,
							after === null ? undefined : sql`(published_at, id) > ((${start}), ${after})`,
						),
					)
					.orderBy(comments.publishedAt, comments.id)
					.limit(limit + 1),
			]);
			if (after !== null && cursor === undefined) return null;
			const shown = rows.slice(0, limit);
			return {
				count: thread?.count ?? 0,
				revision: thread?.revision ?? 0,
				comments: shown.map(withoutPath),
				next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
			};
		},
	};
}

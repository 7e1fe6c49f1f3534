import type { D1Database } from "@cloudflare/workers-types";
import { and, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { CommentRepository } from "../comments/repository.ts";
import { columns, withoutPath } from "./comment-rows.ts";
import { comments, pendingPurges, threads } from "./schema.ts";

/** Reads the public comments of a post from D1 in the order in which they appeared, by an index that has that order. */
export function publishedComments(d1: D1Database): Pick<CommentRepository, "listPublished"> {
	const db = drizzle(d1);

	return {
		async listPublished(postId, after, limit) {
			// One that was published once: it may be hidden or erased since the cursor was made.
			const start = db
				.select({ publishedAt: comments.publishedAt })
				.from(comments)
				.where(sql`id = ${after} AND post_id = ${postId} AND published_at IS NOT NULL`);
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

import { and, desc, eq, gt, lt, lte, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Sort } from "../comments/repository.ts";
import { rootPath } from "../comments/thread.ts";
import { comments } from "./schema.ts";

/** On the page: published, or a mark where a comment with replies was taken back. Worded as the index is. */
export const shown = sql`${comments.state} IN ('published', 'deleted')`;

/** The comment on the post itself that a branch of replies hangs from. */
export const root = alias(comments, "root");

/** Those a branch is found by: on the page, or hidden while what was replied to them may be. Worded as the index is. */
export const standing = sql`${root.parentId} IS NULL AND (${root.state} IN ('published', 'deleted') OR ${root.answered})`;

/** How much of a thread a page of `limit` comments is made of. */
export type PageBounds = {
	limit: number;
	/**
	 * Most replies of one branch among the others: with the comment they answer, half a page. More have pages of their
	 * own, or one long branch would push everything else out of sight.
	 */
	run: number;
	/** Rows to read: two branches that go on bring one more each to say so, and one more says that the page does. */
	most: number;
};

export function boundsOf(limit: number): PageBounds {
	return { limit, run: Math.max(1, Math.floor(limit / 2) - 1), most: limit + 3 };
}

export const pathOf = (id: number) => sql`(SELECT path FROM comments WHERE id = ${id})`;

/**
 * The replies of one branch before or after another of them. Each gives the index one bound from below and one from
 * above: of two on the same side SQLite may walk from the further one.
 */
export function repliesIn(postId: string, branch: number) {
	const path = rootPath(branch);
	const of = eq(comments.postId, postId);
	return {
		after: (id: number) => and(of, shown, gt(comments.path, pathOf(id)), lt(comments.path, `${path}g`)),
		upTo: (id: number) => and(of, shown, gt(comments.path, path), lte(comments.path, pathOf(id))),
	};
}

/**
 * Which rows of `root` joined with `comments` are whole branches, each cut off one reply beyond its run, and their order.
 * The roots are walked by the index that has it, so that nothing is sorted and nothing read beyond the page.
 */
export function byRoots(
	postId: string | SQL,
	sort: Sort,
	after: number | null,
	run: number,
): { where: SQL | undefined; order: SQL[] } {
	const start = after === null ? "" : rootPath(after);
	const count = sql`(SELECT reaction_count FROM comments WHERE id = ${after})`;
	const from = {
		oldest: gt(root.path, start),
		newest: lt(root.path, start),
		top: sql`(${root.reactionCount}, ${root.path}) < (${count}, ${start})`,
	};
	const order = {
		oldest: [sql`${root.path}`],
		newest: [desc(root.path)],
		top: [desc(root.reactionCount), desc(root.path)],
	};
	const end = sql`${root.path} || 'g'`;
	const cutOff = sql`(
		SELECT reply.path FROM comments AS reply
		WHERE reply.post_id = ${root.postId} AND reply.state IN ('published', 'deleted')
			AND reply.path > ${root.path} AND reply.path < ${end}
		ORDER BY reply.path LIMIT 1 OFFSET ${run}
	)`;
	const where = and(
		sql`${root.postId} = ${postId}`,
		standing,
		after === null ? undefined : from[sort],
		eq(comments.postId, root.postId),
		shown,
		sql`${comments.path} >= ${root.path}`,
		sql`${comments.path} <= coalesce(${cutOff}, ${end})`,
	);
	return { where, order: [...order[sort], sql`${comments.path}`] };
}

import { and, desc, eq, gt, lt, lte, type Placeholder, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Sort } from "../comments/repository.ts";
import { rootPath } from "../comments/thread.ts";
import { comments } from "./schema.ts";

/**
 * Returns the condition for comments with a place in the thread: published, or hidden above a published reply, as a
 * placeholder. Written as in the indexes, or SQLite would not use them.
 */
const inThread = ({ state, hasPublicReplies }: Record<"state" | "hasPublicReplies", SQLWrapper>) =>
	sql`(${state} = 'published' OR ${hasPublicReplies})`;

/** The condition for comments on a page. */
export const shown = inThread(comments);

/**
 * The condition for comments after which a page may begin. One deleted since the address was made still counts; after another
 * hidden one, a page would reveal that it exists.
 */
export const isCursor = sql`(${comments.state} = 'deleted' OR ${shown})`;

/** The root of a branch: the comment on the post itself above all its replies. */
export const root = alias(comments, "root");

/** The condition for roots with a place in the thread. */
export const isRootSql = sql`${root.parentId} IS NULL AND ${inThread(root)}`;

const reply = alias(comments, "reply");

/** The limits of a page of `limit` comments. */
export type PageBounds = {
	limit: number;
	/**
	 * Most replies of one branch on a page of the thread: half a page with their root. More get pages of their own, or one
	 * long branch would hide all others.
	 */
	run: number;
	/** Rows to read: one more for each of two branches that continue, and one more to see that the thread does. */
	most: number;
};

export function boundsOf(limit: number): PageBounds {
	return { limit, run: Math.max(1, Math.floor(limit / 2) - 1), most: limit + 3 };
}

export const pathOf = (id: number) => sql`(SELECT path FROM comments WHERE id = ${id})`;

/**
 * Returns conditions for all replies of a branch, and for those before or after the path of one. Each gives the index one
 * lower and one upper bound: of two on the same side SQLite may start from the wider one.
 */
export function repliesIn(postId: string, branch: number) {
	const path = rootPath(branch);
	const of = eq(comments.postId, postId);
	return {
		all: and(of, gt(comments.path, path), lt(comments.path, `${path}g`)),
		after: (reply: SQL) => and(of, shown, gt(comments.path, reply), lt(comments.path, `${path}g`)),
		upTo: (reply: SQL) => and(of, shown, gt(comments.path, path), lte(comments.path, reply)),
	};
}

/**
 * Returns the condition and order for `root` joined with `comments`: whole branches, each cut off one reply beyond its run.
 * The roots are read in index order, so that nothing is sorted and nothing read beyond the page.
 */
export function byRoots(
	postId: string | SQL | Placeholder,
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
		WHERE reply.post_id = ${root.postId} AND ${inThread(reply)}
			AND reply.path > ${root.path} AND reply.path < ${end}
		ORDER BY reply.path LIMIT 1 OFFSET ${run}
	)`;
	const where = and(
		sql`${root.postId} = ${postId}`,
		isRootSql,
		after === null ? undefined : from[sort],
		eq(comments.postId, root.postId),
		shown,
		sql`${comments.path} >= ${root.path}`,
		sql`${comments.path} <= coalesce(${cutOff}, ${end})`,
	);
	return { where, order: [...order[sort], sql`${comments.path}`] };
}

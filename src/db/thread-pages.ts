import type { D1Database } from "@cloudflare/workers-types";
import { and, desc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { alias } from "drizzle-orm/sqlite-core";
import type { CommentRepository, ThreadPage } from "../comments/repository.ts";
import { rootWidth } from "../comments/thread.ts";
import { columns, type Row, withDepth } from "./comment-rows.ts";
import { comments, stale, threads } from "./schema.ts";

/** On the page: published, or a mark where a comment with replies was taken back. Worded as the index is. */
const shown = sql`state IN ('published', 'deleted')`;

/** The comment on the post itself that a branch of replies hangs from. */
const root = alias(comments, "root");

/** Reading threads from D1. Every read is bounded by the page it is for, whatever the thread's length. */
export function threadPages(d1: D1Database): Pick<CommentRepository, "thread" | "place"> {
	const db = drizzle(d1);

	const pathOf = (id: number) => sql`(SELECT path FROM comments WHERE id = ${id})`;

	const summary = (postId: string) =>
		db
			.select({
				count: threads.commentCount,
				tallies: threads.tallies,
				closedAt: threads.closedAt,
				revision: stale.revision,
			})
			.from(stale)
			.leftJoin(threads, eq(threads.postId, stale.postId))
			.where(eq(stale.postId, postId));

	const rowsFrom = (postId: string, start: ReturnType<typeof sql> | undefined, limit: number) =>
		db
			.select(columns)
			.from(comments)
			.where(and(eq(comments.postId, postId), shown, start))
			.orderBy(comments.path)
			.limit(limit + 1);

	/** The same with the roots in another order, walked by their own index; `after` names where the page before ended. */
	const rowsSorted = (postId: string, sort: "newest" | "top", after: number | null, limit: number) => {
		const end = sql`(SELECT path FROM comments WHERE id = ${after})`;
		const endRoot = sql`substr(${end}, 1, 8)`;
		const endCount = sql`(
			SELECT reaction_count FROM comments
			WHERE post_id = ${postId} AND path = ${endRoot} AND parent_id IS NULL AND ${shown}
		)`;
		const from = {
			newest: sql`${root.path} <= ${endRoot}`,
			top: sql`(${root.reactionCount}, ${root.path}) <= (coalesce(${endCount}, 0), ${endRoot})`,
		};
		// Where the page before ended within a branch, that branch goes on; every other begins at its root.
		const branchStart = sql`iif(${root.path} = ${endRoot}, ${end}, printf('%08xg', ${root.id} - 1))`;
		return db
			.select(columns)
			.from(root)
			.crossJoin(comments)
			.where(
				and(
					eq(root.postId, postId),
					sql`${root.parentId} IS NULL AND ${root.state} IN ('published', 'deleted')`,
					after === null ? undefined : from[sort],
					eq(comments.postId, root.postId),
					sql`${comments.state} IN ('published', 'deleted')`,
					sql`${comments.path} > ${after === null ? sql`printf('%08xg', ${root.id} - 1)` : branchStart}`,
					sql`${comments.path} < ${root.path} || 'g'`,
				),
			)
			.orderBy(...(sort === "top" ? [desc(root.reactionCount)] : []), desc(root.path), comments.path)
			.limit(limit + 1);
	};

	return {
		async thread(postId, position, limit, sort = "oldest") {
			if (position !== null && "around" in position) {
				const id = position.around;
				const [[thread], [itself], before, after] = await db.batch([
					summary(postId),
					db
						.select(columns)
						.from(comments)
						.where(and(eq(comments.id, id), eq(comments.postId, postId))),
					db
						.select(columns)
						.from(comments)
						.where(and(eq(comments.postId, postId), shown, sql`path < ${pathOf(id)}`))
						.orderBy(sql`path DESC`)
						.limit(limit + 1),
					rowsFrom(postId, sql`path > ${pathOf(id)}`, limit),
				]);
				if (itself === undefined) return this.thread(postId, null, limit);
				const earlier = before.slice(0, limit - 1).reverse();
				const rows = [...earlier, itself, ...after].slice(0, limit + 1);
				return page(thread, rows, limit, before.length > earlier.length);
			}
			const after = position?.after ?? null;
			const start = after === null ? undefined : sql`path > coalesce(${pathOf(after)}, '')`;
			const [[thread], rows, [pinned]] = await db.batch([
				summary(postId),
				sort === "oldest" ? rowsFrom(postId, start, limit) : rowsSorted(postId, sort, after, limit),
				db
					.select(columns)
					.from(comments)
					.where(
						and(
							sql`id = (SELECT pinned_id FROM threads WHERE post_id = ${postId})`,
							eq(comments.state, "published"),
							after === null ? undefined : sql`0`,
						),
					),
			]);
			return page(thread, rows, limit, after !== null, pinned);
		},

		async place(id, limit) {
			const [[itself], before] = await db.batch([
				db
					.select({ postId: comments.postId, path: comments.path, state: comments.state })
					.from(comments)
					.where(eq(comments.id, id)),
				db
					.select({ id: comments.id, path: comments.path })
					.from(comments)
					.where(
						and(
							sql`post_id = (SELECT post_id FROM comments WHERE id = ${id})`,
							shown,
							sql`path < ${pathOf(id)}`,
						),
					)
					.orderBy(sql`path DESC`)
					.limit(limit),
			]);
			if (itself === undefined) return null;
			const { postId, state } = itself;
			if (before.length < limit) return { postId, state, after: null };
			// From the beginning of its own branch if a page holds all that, or else from half a page before it.
			const outside = before.findIndex(({ path }) => !path.startsWith(itself.path.slice(0, rootWidth)));
			const start = before[outside >= 0 ? outside : limit / 2];
			return { postId, state, after: start?.id ?? null };
		},
	};
}

type Nullable<T> = { [Key in keyof T]: T[Key] | null };

function page(
	thread: Partial<Nullable<Pick<ThreadPage, "count" | "tallies" | "closedAt" | "revision">>> | undefined,
	rows: Row[],
	limit: number,
	continued: boolean,
	pinned?: Row,
): ThreadPage {
	const kept = rows.slice(0, limit);
	return {
		revision: thread?.revision ?? 0,
		count: thread?.count ?? 0,
		tallies: thread?.tallies ?? {},
		closedAt: thread?.closedAt ?? null,
		pinned: pinned === undefined ? null : withDepth(pinned),
		comments: kept.filter((row, at) => row.state !== "deleted" || hasReply(row, rows[at + 1])).map(withDepth),
		next: rows.length > limit ? (kept.at(-1)?.id ?? null) : null,
		continued,
	};
}

/** In reading order a comment's first reply, if there is one, comes right after it. */
function hasReply(row: Row, following: Row | undefined): boolean {
	return following?.path.startsWith(row.path) ?? false;
}

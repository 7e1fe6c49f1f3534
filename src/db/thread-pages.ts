import type { D1Database } from "@cloudflare/workers-types";
import { and, desc, eq, type SQLWrapper, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { alias } from "drizzle-orm/sqlite-core";
import type { Pause } from "../comments/pause.ts";
import type { CommentRepository, PagePosition, Sort, ThreadPage } from "../comments/repository.ts";
import { columns, withoutPath } from "./comment-rows.ts";
import { pauseOf } from "./pauses.ts";
import { comments, pauses, pendingPurges, threads } from "./schema.ts";
import { branchPage, mainPage, placeholderAt, withPlaceholders } from "./thread-shape.ts";
import { boundsOf, byRoots, isCursor, repliesIn, root } from "./thread-walk.ts";

/** The row of changes to all threads. */
const allThreads = alias(pendingPurges, "all_threads");

/** Reads threads from D1. The rows read are bounded by the page size, whatever the length of thread or branch. */
export function threadPages(
	d1: D1Database,
	{ locate }: Pick<CommentRepository, "locate">,
): Pick<CommentRepository, "thread"> {
	const db = drizzle(d1);

	/** Selects the totals that every page of a thread shows. */
	const summary = (postId: string) =>
		db
			.select({
				count: threads.commentCount,
				tallies: threads.tallies,
				closedAt: threads.closedAt,
				revision: sql<number>`coalesce(${pendingPurges.revision}, 0) + coalesce(${allThreads.revision}, 0)`,
				mode: pauses.mode,
				until: pauses.until,
			})
			.from(sql`(SELECT 1)`)
			.leftJoin(pendingPurges, eq(pendingPurges.postId, postId))
			.leftJoin(allThreads, eq(allThreads.postId, ""))
			.leftJoin(threads, eq(threads.postId, postId))
			.leftJoin(pauses, eq(pauses.id, 1));

	/** Selects a comment of a post, in any state. */
	const one = (postId: string, id: number | null) =>
		db
			.select(columns)
			.from(comments)
			.where(and(eq(comments.id, id ?? 0), eq(comments.postId, postId)));

	return {
		async thread(postId, position, limit, sort = "oldest") {
			if (position === null || !("around" in position)) return read(postId, position, limit, sort, null);
			const found = await locate(position.around, limit);
			return found === null ? null : read(postId, found.position, limit, "oldest", position.around);
		},
	};

	/** Reads a page; `own` is the comment it is read around, which may be held. */
	function read(postId: string, at: PagePosition, limit: number, sort: Sort, own: number | null) {
		return at !== null && "branch" in at
			? readBranch(postId, at, limit, own)
			: readMain(postId, at?.after ?? null, limit, sort, own);
	}

	async function readMain(
		postId: string,
		after: number | null,
		limit: number,
		sort: Sort,
		own: number | null,
	): Promise<ThreadPage | null> {
		const bounds = boundsOf(limit);
		// Checked first in the walk too: an address that begins nowhere must not cost a page of rows.
		const cursor = db
			.select({ id: comments.id })
			.from(comments)
			.where(sql`id = ${after} AND post_id = ${postId} AND parent_id IS NULL AND ${isCursor}`);
		const { where, order } = byRoots(postId, sort, after, bounds.run);
		const [[thread], rows, [waiting], [start], [pinned]] = await db.batch([
			summary(postId),
			db
				.select(columns)
				.from(root)
				.crossJoin(comments)
				.where(after === null ? where : and(found(cursor), where))
				.orderBy(...order)
				.limit(bounds.most),
			one(postId, own),
			cursor,
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
		if (after !== null && start === undefined) return null;
		const page = mainPage(rows, bounds);
		const onPage = withPlaceholders(page.rows, waiting, "");
		if (after !== null && onPage.length === 0) return null;
		return {
			...summaryOf(thread),
			pinned: pinned === undefined ? null : withoutPath(pinned),
			comments: onPage.map(withoutPath),
			branchCursors: page.goesOn,
			next: page.next,
			hasPrevious: after !== null,
			branch: null,
		};
	}

	async function readBranch(
		postId: string,
		{ branch, after }: { branch: number; after: number },
		limit: number,
		own: number | null,
	): Promise<ThreadPage | null> {
		const replies = repliesIn(postId, branch);
		// Null unless the page exists; a range that begins or ends at null is empty, and costs no rows.
		const cursor = db
			.select({ path: comments.path })
			.from(comments)
			.where(and(eq(comments.id, after), isCursor, replies.all));
		const [[thread], [first], [waiting], [start], rows, before] = await db.batch([
			summary(postId),
			one(postId, branch),
			one(postId, own),
			cursor,
			db
				.select(columns)
				.from(comments)
				.where(replies.after(sql`(${cursor})`))
				.orderBy(comments.path)
				.limit(limit + 1),
			db
				.select({ id: comments.id })
				.from(comments)
				.where(replies.upTo(sql`(${cursor})`))
				.orderBy(desc(comments.path))
				.limit(limit + 1),
		]);
		if (first?.parentId !== null || start === undefined) return null;
		const page = branchPage(rows, limit);
		const onPage = withPlaceholders(page.rows, waiting, start.path);
		if (onPage.length === 0) return null;
		return {
			...summaryOf(thread),
			pinned: null,
			comments: [first.state === "published" ? first : placeholderAt(first.path), ...onPage].map(withoutPath),
			branchCursors: new Map(),
			next: page.next,
			hasPrevious: true,
			branch: { root: branch, previous: before[limit]?.id ?? null },
		};
	}
}

/** The condition that a query has a row. SQLite joins `EXISTS` to the walk and reads rows for it; this it reads once, first. */
const found = (query: SQLWrapper) => sql`(${query}) IS NOT NULL`;

type Nullable<T> = { [Key in keyof T]: T[Key] | null };

function summaryOf(
	thread:
		| (Nullable<Pick<ThreadPage, "count" | "tallies" | "closedAt" | "revision">> & Nullable<Pause>)
		| undefined,
) {
	return {
		revision: thread?.revision ?? 0,
		count: thread?.count ?? 0,
		tallies: thread?.tallies ?? {},
		closedAt: thread?.closedAt ?? null,
		pause: pauseOf(thread?.mode ?? null, thread?.until ?? null),
	};
}

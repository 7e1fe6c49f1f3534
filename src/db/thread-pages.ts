import type { D1Database } from "@cloudflare/workers-types";
import { and, desc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { CommentRepository, PagePosition, Sort, ThreadPage } from "../comments/repository.ts";
import { rootPathOf } from "../comments/thread.ts";
import { columns, type Row, withoutPath } from "./comment-rows.ts";
import { comments, stale, threads } from "./schema.ts";
import { branchPage, mainPage, markAt, withMarks } from "./thread-shape.ts";
import { boundsOf, byRoots, repliesIn, root, shown } from "./thread-walk.ts";

/** Reading threads from D1. Every read is bounded by the page it is for, whatever the length of thread or branch. */
export function threadPages(
	d1: D1Database,
	{ place }: Pick<CommentRepository, "place">,
): Pick<CommentRepository, "thread"> {
	const db = drizzle(d1);

	/** What every page of a thread says of the whole. */
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

	/** A comment of a post, in whatever state. */
	const one = (postId: string, id: number | null) =>
		db
			.select(columns)
			.from(comments)
			.where(and(eq(comments.id, id ?? 0), eq(comments.postId, postId)));

	return {
		async thread(postId, position, limit, sort = "oldest") {
			if (position === null || !("around" in position)) return read(postId, position, limit, sort, null);
			const found = await place(position.around, limit);
			return found === null ? null : read(postId, found.position, limit, "oldest", position.around);
		},
	};

	/** `own` is the comment that is read around, which may be waiting. */
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
		const { where, order } = byRoots(postId, sort, after, bounds.run);
		const [[thread], rows, [waiting], [start], [pinned]] = await db.batch([
			summary(postId),
			db
				.select(columns)
				.from(root)
				.crossJoin(comments)
				.where(where)
				.orderBy(...order)
				.limit(bounds.most),
			one(postId, own),
			db
				.select({ id: comments.id })
				.from(comments)
				// A page that begins at what nobody sees would tell that it is there.
				.where(
					sql`id = ${after} AND post_id = ${postId} AND parent_id IS NULL
						AND (state IN ('published', 'deleted') OR answered)`,
				),
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
		return {
			...wholeOf(thread),
			pinned: pinned === undefined ? null : withoutPath(pinned),
			comments: withMarks(withWaiting(page.rows, waiting), "").map(withoutPath),
			goesOn: page.goesOn,
			next: page.next,
			continued: after !== null,
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
		const [[thread], [first], [waiting], [start], rows, before] = await db.batch([
			summary(postId),
			one(postId, branch),
			one(postId, own),
			db
				.select({ path: comments.path })
				.from(comments)
				.where(and(eq(comments.id, after), shown)),
			db
				.select(columns)
				.from(comments)
				.where(replies.after(after))
				.orderBy(comments.path)
				.limit(limit + 1),
			db
				.select({ id: comments.id })
				.from(comments)
				.where(replies.upTo(after))
				.orderBy(desc(comments.path))
				.limit(limit + 1),
		]);
		const known = first?.parentId === null && start !== undefined && start.path !== first.path;
		if (!known || rootPathOf(start.path) !== first.path) return null;
		const page = branchPage(rows, limit);
		const onPage = withMarks(withWaiting(page.rows, waiting), start.path);
		return {
			...wholeOf(thread),
			pinned: null,
			comments: [isShown(first) ? first : markAt(first.path), ...onPage].map(withoutPath),
			goesOn: new Map(),
			next: page.next,
			continued: true,
			branch: { root: branch, previous: before[limit]?.id ?? null },
		};
	}
}

type Nullable<T> = { [Key in keyof T]: T[Key] | null };

function wholeOf(
	thread: Partial<Nullable<Pick<ThreadPage, "count" | "tallies" | "closedAt" | "revision">>> | undefined,
) {
	return {
		revision: thread?.revision ?? 0,
		count: thread?.count ?? 0,
		tallies: thread?.tallies ?? {},
		closedAt: thread?.closedAt ?? null,
	};
}

const isShown = ({ state }: Row) => state === "published" || state === "deleted";

/** The rows with the comment they were read around in its place, which only its author sees while it waits. */
function withWaiting(rows: readonly Row[], own: Row | undefined): readonly Row[] {
	if (own === undefined || isShown(own)) return rows;
	return [...rows, own].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

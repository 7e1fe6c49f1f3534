// SQL text: the first page of a thread is read by queries that are compiled once.
import type { D1Database } from "@cloudflare/workers-types";
import {
	and,
	desc,
	eq,
	gt,
	isNotNull,
	isNull,
	lte,
	or,
	type Placeholder,
	type SQLWrapper,
	sql,
} from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { alias } from "drizzle-orm/sqlite-core";
import type { Pause } from "../comments/pause.ts";
import type {
	CommentRepository,
	PagePosition,
	RenderedPage,
	Sort,
	ThreadPage,
} from "../comments/repository.ts";
import { columns, type Row, withoutPath } from "./comment-rows.ts";
import { pauseOf } from "./pauses.ts";
import { cachedPages, comments, pauses, pendingPurges, threads } from "./schema.ts";
import { type CompiledQuery, compileQuery } from "./statement.ts";
import { branchPage, mainPage, placeholderAt, withPlaceholders } from "./thread-shape.ts";
import { boundsOf, byRoots, isCursor, type PageBounds, repliesIn, root } from "./thread-walk.ts";

/** The row of changes to all threads. */
const allThreads = alias(pendingPurges, "all_threads");

/** The totals that every page of a thread shows. */
const totals = {
	count: threads.commentCount,
	tallies: threads.tallies,
	closedAt: threads.closedAt,
	revision: sql<number>`coalesce(${pendingPurges.revision}, 0) + coalesce(${allThreads.revision}, 0)`,
	mode: pauses.mode,
	until: pauses.until,
};

/** The totals with the page that is stored in rendered form; without one they are null. */
const renderedTotals = {
	...totals,
	changesAt: cachedPages.changesAt,
	etag: cachedPages.etag,
	body: cachedPages.body,
};

type FirstPageQueries = {
	summary: CompiledQuery<Totals & Partial<Nullable<Pick<RenderedPage, "changesAt" | "etag" | "body">>>>;
	rows: CompiledQuery<Row>;
	pinned: CompiledQuery<Row>;
};

/** The compiled queries of first pages, by order and length. */
const firstPages = new Map<string, FirstPageQueries>();

/** Reads threads from D1. The rows read are bounded by the page size, whatever the length of thread or branch. */
export function threadPages(
	d1: D1Database,
	{ locate }: Pick<CommentRepository, "locate">,
): Pick<CommentRepository, "thread" | "firstPage"> {
	const db = drizzle(d1);

	/** Selects the totals that every page of a thread shows. */
	const summary = (postId: string | Placeholder) =>
		db
			.select(totals)
			.from(sql`(SELECT 1)`)
			.leftJoin(pendingPurges, eq(pendingPurges.postId, postId))
			.leftJoin(allThreads, eq(allThreads.postId, ""))
			.leftJoin(threads, eq(threads.postId, postId))
			.leftJoin(pauses, eq(pauses.id, 1));

	/** Selects the comment that is pinned above the thread. */
	const pinnedIn = (postId: string | Placeholder) =>
		db
			.select(columns)
			.from(comments)
			.where(
				and(
					sql`id = (SELECT pinned_id FROM threads WHERE post_id = ${postId})`,
					eq(comments.state, "published"),
				),
			);

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

		async firstPage(postId, limit, stored) {
			const bounds = boundsOf(limit);
			const queries = compiled(`rendered ${limit}`, () => compileRendered(bounds));
			const { summary, page } = await readFirst(queries, bounds, { postId, ...stored });
			const { changesAt = null, etag = null, body = null } = summary ?? {};
			if (etag === null || body === null) return { rendered: null, thread: page() };
			const { revision, pause } = summaryOf(summary);
			return { rendered: { revision, pause, changesAt, etag, body } };
		},
	};

	/** Reads a page; `own` is the comment it is read around, which may be held. */
	function read(postId: string, at: PagePosition, limit: number, sort: Sort, own: number | null) {
		return at !== null && "branch" in at
			? readBranch(postId, at, limit, own)
			: at === null && own === null
				? readWholeFirst(postId, limit, sort)
				: readMain(postId, at?.after ?? null, limit, sort, own);
	}

	/** Returns queries of a first page, which is nearly all that is rendered; they are compiled once in each isolate. */
	function compiled(key: string, compile: () => FirstPageQueries): FirstPageQueries {
		const queries = firstPages.get(key) ?? compile();
		firstPages.set(key, queries);
		return queries;
	}

	async function readWholeFirst(postId: string, limit: number, sort: Sort): Promise<ThreadPage> {
		const bounds = boundsOf(limit);
		const queries = compiled(`${sort} ${limit}`, () => compileFirst(bounds, sort));
		return (await readFirst(queries, bounds, { postId })).page();
	}

	async function readFirst(
		queries: FirstPageQueries,
		bounds: PageBounds,
		values: Record<string, string | number>,
	) {
		const [thread, rows, pinned] = await d1.batch<unknown>([
			queries.summary.bind(d1, values),
			queries.rows.bind(d1, values),
			queries.pinned.bind(d1, values),
		]);
		const summary = queries.summary.rows(thread)[0];
		const page = (): ThreadPage => {
			const page = mainPage(queries.rows.rows(rows), bounds);
			return {
				...summaryOf(summary),
				pinned: queries.pinned.rows(pinned).map((row) => withoutPath(row))[0] ?? null,
				comments: withPlaceholders(page.rows, undefined, "").map(withoutPath),
				branchCursors: page.goesOn,
				next: page.next,
				hasPrevious: false,
				branch: null,
			};
		};
		return { summary, page };
	}

	/** Compiles queries of a post's first page; `unless` is a query with a row if none of its comments are to be read. */
	function compileFirst(bounds: PageBounds, sort: Sort, unless?: SQLWrapper): FirstPageQueries {
		const postId = sql.placeholder("postId");
		// Before the walk begins: as a condition of its own SQLite would ask it of each root.
		const walked = unless === undefined ? postId : sql`iif(${found(unless)}, NULL, ${postId})`;
		const { where, order } = byRoots(walked, sort, null, bounds.run);
		const rows = db
			.select(columns)
			.from(root)
			.crossJoin(comments)
			.where(where)
			.orderBy(...order)
			.limit(bounds.most);
		return {
			summary: compileQuery(summary(postId), totals),
			rows: compileQuery(rows, columns),
			pinned: compileQuery(pinnedIn(postId), columns),
		};
	}

	/** Compiles queries of the page in rendered form, and of its comments, which are read only without one. */
	function compileRendered(bounds: PageBounds): FirstPageQueries {
		const postId = sql.placeholder("postId");
		const isCurrent = (revision: SQLWrapper) =>
			and(
				eq(cachedPages.postId, postId),
				isNotNull(cachedPages.body),
				eq(cachedPages.deployment, sql.placeholder("deployment")),
				eq(cachedPages.revision, revision),
				// Rendered in the future: before the clock was set back.
				lte(cachedPages.renderedAt, sql.placeholder("now")),
				or(isNull(cachedPages.changesAt), gt(cachedPages.changesAt, sql.placeholder("now"))),
			);
		const present = sql`(SELECT coalesce(sum(revision), 0) FROM pending_purges WHERE post_id IN (${postId}, ''))`;
		const rendered = db.select({ postId: cachedPages.postId }).from(cachedPages).where(isCurrent(present));
		const withPage = db
			.select(renderedTotals)
			.from(sql`(SELECT 1)`)
			.leftJoin(pendingPurges, eq(pendingPurges.postId, postId))
			.leftJoin(allThreads, eq(allThreads.postId, ""))
			.leftJoin(threads, eq(threads.postId, postId))
			.leftJoin(pauses, eq(pauses.id, 1))
			.leftJoin(cachedPages, isCurrent(totals.revision));
		return {
			...compileFirst(bounds, "oldest", rendered),
			summary: compileQuery(withPage, renderedTotals),
		};
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
		const [[thread], rows, [waiting], [start], pinned] = await db.batch([
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
			...(after === null ? [pinnedIn(postId)] : []),
		]);
		if (after !== null && start === undefined) return null;
		const page = mainPage(rows, bounds);
		const onPage = withPlaceholders(page.rows, waiting, "");
		if (after !== null && onPage.length === 0) return null;
		return {
			...summaryOf(thread),
			pinned: pinned?.map((row) => withoutPath(row))[0] ?? null,
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

type Totals = Nullable<Pick<ThreadPage, "count" | "tallies" | "closedAt" | "revision">> & Nullable<Pause>;

function summaryOf(thread: Totals | undefined) {
	return {
		revision: thread?.revision ?? 0,
		count: thread?.count ?? 0,
		tallies: thread?.tallies ?? {},
		closedAt: thread?.closedAt ?? null,
		pause: pauseOf(thread?.mode ?? null, thread?.until ?? null),
	};
}

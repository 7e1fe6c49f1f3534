import type { D1Database } from "@cloudflare/workers-types";
import { and, desc, eq, gt, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { alias } from "drizzle-orm/sqlite-core";
import type { Comment } from "../comments/comment.ts";
import type { NameKeys } from "../comments/names.ts";
import type { CommentRepository, NewComment, ThreadPage } from "../comments/repository.ts";
import { depthOf, longestParentPath, rootWidth } from "../comments/thread.ts";
import { idsAre, recordStates } from "./decisions.ts";
import { comments, identities, stale, threads } from "./schema.ts";

/** On the page: published, or a mark where a comment with replies was taken back. Worded as the index is. */
const shown = sql`state IN ('published', 'deleted')`;

/** What a reader sees of a row; of its parent the name, on whatever page of the thread that is. */
export const columns = {
	id: comments.id,
	parentId: comments.parentId,
	path: comments.path,
	state: comments.state,
	name: comments.name,
	website: comments.website,
	html: comments.html,
	lang: comments.lang,
	tallies: comments.tallies,
	createdAt: comments.createdAt,
	editedAt: comments.editedAt,
	byAuthor: comments.byAuthor,
	verified: comments.verified,
	parentName: sql<string | null>`(
		SELECT parent.name FROM comments AS parent WHERE parent.id = comments.parent_id AND parent.state = 'published'
	)`.as("parent_name"),
};

/** The comment on the post itself that a branch of replies hangs from. */
const root = alias(comments, "root");

type Row = Omit<Comment, "depth"> & { path: string };

/** The conversation in D1. Every read is bounded by the page it is for, whatever the thread's length. */
export function commentRepository(d1: D1Database): CommentRepository {
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

		async find(id) {
			const [row] = await db
				.select({ ...columns, postId: comments.postId, source: comments.source })
				.from(comments)
				.where(and(eq(comments.id, id), eq(comments.state, "published")));
			return row === undefined ? null : withDepth(row);
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

		async latest(postId, limit) {
			const rows = await db
				.select({ ...columns, postId: comments.postId })
				.from(comments)
				.where(and(postId === null ? undefined : eq(comments.postId, postId), sql`state = 'published'`))
				.orderBy(desc(comments.createdAt))
				.limit(limit);
			return rows.map(withDepth);
		},

		async counts(postIds) {
			if (postIds.length === 0) return new Map();
			const rows = await db
				.select({ postId: threads.postId, count: threads.commentCount })
				.from(threads)
				.where(inArray(threads.postId, [...postIds]));
			return new Map(rows.map(({ postId, count }) => [postId, count]));
		},

		async closedAt(postId) {
			const [thread] = await db
				.select({ closedAt: threads.closedAt })
				.from(threads)
				.where(eq(threads.postId, postId));
			return thread?.closedAt ?? null;
		},

		async add(comment, repeatedSince) {
			const recent = and(gt(comments.createdAt, repeatedSince), lte(comments.createdAt, comment.createdAt));
			const repeated = and(
				eq(comments.fingerprint, comment.fingerprint),
				// Once changed it no longer says this, so saying it is new.
				isNull(comments.editedAt),
				comment.formKey === null ? recent : or(recent, eq(comments.formKey, comment.formKey)),
			);
			const closed = and(
				eq(threads.postId, comment.postId),
				// Whoever answers for the blog may have the last word.
				comment.byAuthor ? sql`0` : lte(threads.closedAt, comment.createdAt),
			);
			const taken =
				comment.nameKeys === null
					? sql`0`
					: sql`${isNamed(comment.nameKeys)} AND visitor <> ${comment.visitor}`;
			const [inserted, kept, closing, owners] = await db.batch([
				insertOnce(
					comment,
					sql`NOT EXISTS (SELECT 1 FROM comments WHERE ${repeated})
						AND NOT EXISTS (SELECT 1 FROM threads WHERE ${closed})
						AND NOT EXISTS (SELECT 1 FROM identities WHERE ${taken})`,
				),
				db
					.select({
						id: comments.id,
						state: comments.state,
						visitor: comments.visitor,
						formKey: comments.formKey,
					})
					.from(comments)
					.where(repeated)
					.orderBy(sql`${comments.id} DESC`)
					.limit(1),
				db.select({ postId: threads.postId }).from(threads).where(closed),
				db.select({ id: identities.id }).from(identities).where(taken),
			]);
			const stored = kept[0];
			if (stored !== undefined) return { ...stored, repeated: inserted.length === 0 };
			if (closing.length > 0) return "closed";
			return owners.length > 0 ? "name_taken" : "no_parent";
		},

		async waiting(limit) {
			const rows = await db
				.select({ ...columns, postId: comments.postId, source: comments.source })
				.from(comments)
				.where(sql`state = 'held'`)
				.orderBy(comments.createdAt)
				.limit(limit);
			return rows.map(withDepth);
		},

		async decide(ids, state, decision) {
			const changing = and(
				idsAre(ids),
				ne(comments.state, state),
				decision.from === undefined ? undefined : eq(comments.state, decision.from),
				// What its author took back has no words left to publish.
				sql`NOT (state = 'deleted' AND source = '')`,
			);
			const [, changed] = await db.batch([
				recordStates(db, changing, state, decision),
				db.update(comments).set({ state }).where(changing).returning({ id: comments.id }),
			]);
			return changed.map(({ id }) => id);
		},
	};

	/** One statement that finds the parent, gives the next id and inserts, or does nothing: two at once cannot disagree. */
	function insertOnce(comment: NewComment, unlessRepeated: ReturnType<typeof sql>) {
		const { postId, parentId, state, name, email, website, visitor, text, html, lang } = comment;
		const findings = comment.findings.length === 0 ? null : JSON.stringify(comment.findings);
		const verified =
			comment.nameKeys === null
				? sql`0`
				: sql`EXISTS (SELECT 1 FROM identities WHERE ${isNamed(comment.nameKeys)} AND visitor = ${visitor})`;
		const columnsInOrder = sql`
			WITH next AS (SELECT coalesce(max(id), 0) + 1 AS id FROM comments),
			parent AS (
				SELECT id, substr(path, 1, ${longestParentPath}) AS path FROM comments
				WHERE id = ${parentId} AND post_id = ${postId} AND state = 'published'
			)
			SELECT next.id, ${postId}, parent.id, coalesce(parent.path, '') || printf('%08x', next.id), ${state},
				${name}, ${email}, ${website}, ${visitor}, ${text}, ${html}, ${lang}, ${comment.fingerprint},
				${comment.formKey}, '{}', 0, ${comment.createdAt}, NULL,
				${findings}, ${comment.network}, ${comment.said}, ${comment.byAuthor ? 1 : 0}, ${verified}
			FROM next LEFT JOIN parent
			WHERE (${parentId} IS NULL OR parent.id IS NOT NULL) AND ${unlessRepeated}`;
		return db.insert(comments).select(columnsInOrder).returning({ id: comments.id });
	}
}

/** Of an identity: its name is one with the name of these keys. */
function isNamed(keys: NameKeys) {
	return or(inArray(identities.lookKey, [...keys]), inArray(identities.wordKey, [...keys]));
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

/** A row with its place in the tree instead of its path. */
export function withDepth<R extends Row>({ path, ...row }: R): Omit<R, "path"> & { depth: number } {
	return { ...row, depth: depthOf(path) };
}

import type { D1Database } from "@cloudflare/workers-types";
import { and, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { CommentRepository, NewComment } from "../comments/repository.ts";
import { longestParentPath } from "../comments/thread.ts";
import { comments, threads } from "./schema.ts";

/** Keeping new comments in D1, each of them once. */
export function newComments(d1: D1Database): Pick<CommentRepository, "add"> {
	const db = drizzle(d1);

	return {
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
			const [inserted, kept, closing] = await db.batch([
				insertOnce(
					db,
					comment,
					sql`NOT EXISTS (SELECT 1 FROM comments WHERE ${repeated})
						AND NOT EXISTS (SELECT 1 FROM threads WHERE ${closed})`,
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
			]);
			const stored = kept[0];
			if (stored !== undefined) return { ...stored, repeated: inserted.length === 0 };
			return closing.length > 0 ? "closed" : "no_parent";
		},
	};
}

/** One statement that finds the parent, gives the next id and inserts, or does nothing: two at once cannot disagree. */
function insertOnce(db: DrizzleD1Database, comment: NewComment, unlessRepeated: ReturnType<typeof sql>) {
	const { postId, parentId, state, name, email, website, visitor, text, html, lang } = comment;
	const findings = comment.findings.length === 0 ? null : JSON.stringify(comment.findings);
	const columnsInOrder = sql`
		WITH next AS (SELECT coalesce(max(id), 0) + 1 AS id FROM comments),
		parent AS (
			SELECT id, substr(path, 1, ${longestParentPath}) AS path FROM comments
			WHERE id = ${parentId} AND post_id = ${postId} AND state = 'published'
		)
		SELECT next.id, ${postId}, parent.id, coalesce(parent.path, '') || printf('%08x', next.id), ${state},
			${name}, ${email}, ${website}, ${visitor}, ${text}, ${html}, ${lang}, ${comment.fingerprint},
			${comment.formKey}, '{}', 0, ${comment.createdAt}, NULL,
			${findings}, ${comment.network}, ${comment.said}, ${comment.byAuthor ? 1 : 0}, 0
		FROM next LEFT JOIN parent
		WHERE (${parentId} IS NULL OR parent.id IS NOT NULL) AND ${unlessRepeated}`;
	return db.insert(comments).select(columnsInOrder).returning({ id: comments.id });
}

import type { D1Database } from "@cloudflare/workers-types";
import { and, eq, ne, not, or, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { OwnCommentRepository } from "../comments/own-comments.ts";
import { columns, withoutPath } from "./comment-rows.ts";
import { isPaused } from "./pauses.ts";
import { redactComment } from "./redaction.ts";
import { recordRevisions } from "./revisions.ts";
import { comments, revisions } from "./schema.ts";

/** The columns that a comment's author may read. */
export const ownColumns = {
	...columns,
	postId: comments.postId,
	source: comments.source,
	email: comments.email,
	visitor: comments.visitor,
};

/** Edits and erases authors' own comments in D1. */
export function ownCommentRepository(d1: D1Database): OwnCommentRepository {
	const db = drizzle(d1);

	return {
		async find(id) {
			const [row] = await db
				.select({ ...ownColumns, findings: comments.findings, version: comments.version })
				.from(comments)
				.where(eq(comments.id, id));
			return row === undefined ? null : { ...withoutPath(row), findings: row.findings ?? [] };
		},

		async revise({ id, state, version }, { at, ...revision }) {
			const changing = and(
				eq(comments.id, id),
				ne(comments.state, "deleted"),
				// Only in the state it was judged in: a decision made since must not be undone by an older one.
				eq(comments.state, state),
				eq(comments.version, version),
				// Not published in a pause that began after it was judged.
				revision.state === "published"
					? or(eq(comments.byAuthor, true), not(sql.raw(isPaused(String(Math.trunc(at))))))
					: undefined,
			);
			const [, , changed] = await db.batch([
				recordRevisions(db, changing, { actor: null, operation: "", at }),
				// Clears the findings first: the rules may find the same again, and the trigger takes a changed state with
				// unchanged findings for a person's decision.
				db
					.update(comments)
					.set({ findings: null })
					.where(revision.findings === undefined ? sql`0` : changing),
				db
					.update(comments)
					// Always later than the version before, even if the clock is not.
					.set({ ...revision, editedAt: sql`max(${at}, coalesce(${comments.editedAt} + 1, 0))` })
					.where(changing)
					.returning({ id: comments.id }),
			]);
			return changed.length > 0;
		},

		async erase(id, at) {
			await redactComment(db, id, at);
		},

		earlierVersions: (id) =>
			db
				.select({
					source: revisions.source,
					writtenAt: revisions.writtenAt,
					replacedAt: revisions.replacedAt,
					actor: revisions.actor,
				})
				.from(revisions)
				.where(eq(revisions.commentId, id))
				.orderBy(revisions.id),
	};
}

import type { D1Database } from "@cloudflare/workers-types";
import { and, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { AuthorshipRepository } from "../comments/authorship.ts";
import { columns, withoutPath } from "./comment-rows.ts";
import { recordStates } from "./decisions.ts";
import { comments, revisions } from "./schema.ts";

/** What an author has of a row. */
export const writtenColumns = {
	...columns,
	postId: comments.postId,
	source: comments.source,
	email: comments.email,
	visitor: comments.visitor,
};

/** Changing one's own comments in D1. */
export function authorshipRepository(d1: D1Database): AuthorshipRepository {
	const db = drizzle(d1);

	return {
		async find(id) {
			const [row] = await db
				.select({ ...writtenColumns, findings: comments.findings })
				.from(comments)
				.where(eq(comments.id, id));
			return row === undefined ? null : { ...withoutPath(row), findings: row.findings ?? [] };
		},

		async revise({ id, state, editedAt }, { at, ...revision }) {
			const changing = and(
				eq(comments.id, id),
				ne(comments.state, "deleted"),
				// As it was judged: a decision made since must not be undone by an older one.
				eq(comments.state, state),
				sql`${comments.editedAt} IS ${editedAt}`,
			);
			const [, , changed] = await db.batch([
				db.insert(revisions).select(
					db
						.select({
							id: sql<number>`NULL`.as("id"),
							commentId: comments.id,
							source: comments.source,
							writtenAt: sql<number>`coalesce(${comments.editedAt}, ${comments.createdAt})`.as("written_at"),
							replacedAt: sql<number>`${at}`.as("replaced_at"),
						})
						.from(comments)
						.where(changing),
				),
				// What the rules find may be what they found before; as a change of state only, it would be taken for a person's.
				db
					.update(comments)
					.set({ findings: null })
					.where(revision.findings === undefined ? sql`0` : changing),
				db
					.update(comments)
					// Later than the version before, whatever the clock: it is what tells one from the other.
					.set({ ...revision, editedAt: sql`max(${at}, coalesce(${comments.editedAt} + 1, 0))` })
					.where(changing)
					.returning({ id: comments.id }),
			]);
			return changed.length > 0;
		},

		async withdraw(id, at) {
			await db.batch(withdrawing(db, eq(comments.id, id), at));
		},

		earlierVersions: (id) =>
			db
				.select({
					source: revisions.source,
					writtenAt: revisions.writtenAt,
					replacedAt: revisions.replacedAt,
				})
				.from(revisions)
				.where(eq(revisions.commentId, id))
				.orderBy(revisions.id),
	};
}

/**
 * The statements that take comments back: written down, the earlier versions gone, the row a mark without words. What was
 * deleted from the desk before, whose words were kept to undo it, is emptied too.
 */
export function withdrawing(db: DrizzleD1Database, which: SQL | undefined, at: number, madeBy = "author") {
	const standing = and(which, ne(comments.state, "deleted"));
	return [
		db
			.delete(revisions)
			.where(inArray(revisions.commentId, db.select({ id: comments.id }).from(comments).where(which))),
		recordStates(db, standing, "deleted", { madeBy, reason: "", at }),
		db
			.update(comments)
			.set({
				state: "deleted",
				name: "",
				email: null,
				website: null,
				source: "",
				html: "",
				lang: null,
				// With its digest gone the same words can be said again.
				fingerprint: "",
				formKey: null,
				network: null,
				said: null,
				findings: null,
				editedAt: null,
				verified: false,
			})
			.where(which),
	] as const;
}

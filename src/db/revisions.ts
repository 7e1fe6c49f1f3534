import { type SQL, sql } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { newId } from "./json-rows.ts";
import { comments, revisions } from "./schema.ts";

/**
 * Returns the statement that copies the comments `which` into the history of versions; run it in one batch with the edit and
 * before it. `actor` is the moderator who edits, or null for the author.
 */
export function recordRevisions(
	db: DrizzleD1Database,
	which: SQL | undefined,
	{ actor, operation, at }: { actor: string | null; operation: string; at: number },
) {
	return db.insert(revisions).select(
		db
			.select({
				id: newId.as("id"),
				commentId: comments.id,
				name: comments.name,
				website: comments.website,
				source: comments.source,
				writtenAt: sql<number>`max(
					coalesce(${comments.editedAt}, ${comments.createdAt}),
					coalesce((SELECT max(replaced_at) FROM revisions WHERE comment_id = ${comments.id}), 0)
				)`.as("written_at"),
				replacedAt: sql<number>`max(${at}, coalesce(${comments.editedAt}, ${comments.createdAt}))`.as(
					"replaced_at",
				),
				actor: sql<string | null>`${actor}`.as("actor"),
				operation: sql<string>`${operation}`.as("operation"),
			})
			.from(comments)
			.where(which),
	);
}

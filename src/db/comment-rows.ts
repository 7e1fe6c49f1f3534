import { sql } from "drizzle-orm";
import type { Comment } from "../comments/comment.ts";
import { comments } from "./schema.ts";

/** A comment as it is read from its row. */
export type Row = Comment & { path: string };

/** The columns a reader sees, with the parent's name, whichever page of the thread the parent is on. */
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
	publishedAt: comments.publishedAt,
	editedAt: comments.editedAt,
	byAuthor: comments.byAuthor,
	verified: comments.verified,
	parentName: sql<string | null>`(
		SELECT parent.name FROM comments AS parent WHERE parent.id = comments.parent_id AND parent.state = 'published'
	)`.as("parent_name"),
};

/** Removes `path` from a row; readers get the order of the rows instead. */
export function withoutPath<R extends Row>({ path: _, ...row }: R): Omit<R, "path"> {
	return row;
}

import type { D1Database } from "@cloudflare/workers-types";
import type { CommentState } from "../comments/comment.ts";

/** A comment for another system. */
export type ExportedComment = {
	id: number;
	postId: string;
	parentId: number | null;
	state: CommentState;
	name: string;
	email: string | null;
	website: string | null;
	html: string;
	createdAt: number;
	byAuthor: boolean;
};

/** Reads the comments on a post, parents before their replies. Erased ones are there only above others. */
export async function readComments(d1: D1Database, postId: string): Promise<ExportedComment[]> {
	const { results } = await d1
		.prepare(
			`SELECT id, post_id AS postId, parent_id AS parentId, state, name, email, website, html, created_at AS createdAt,
				by_author AS byAuthor
			FROM comments WHERE post_id = ?1 AND (source <> '' OR EXISTS (SELECT 1 FROM comments AS reply
				WHERE reply.post_id = comments.post_id AND reply.path > comments.path AND reply.path < comments.path || 'g'))
			ORDER BY path`,
		)
		.bind(postId)
		.all<Omit<ExportedComment, "byAuthor"> & { byAuthor: number }>();
	return results.map((comment) => ({ ...comment, byAuthor: Boolean(comment.byAuthor) }));
}

import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import { type CommentState, commentStates } from "../comments/comment.ts";
import { flag, row, statement } from "../db/statement.ts";

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
export function readComments(d1: D1Database, postId: string): Promise<ExportedComment[]> {
	return selectComments.all(d1, { postId });
}

const selectComments = statement<{ postId: string }, ExportedComment>(
	`SELECT id, post_id AS postId, parent_id AS parentId, state, name, email, website, html, created_at AS createdAt,
		by_author AS byAuthor
	FROM comments WHERE post_id = :postId AND (source <> '' OR EXISTS (SELECT 1 FROM comments AS reply
		WHERE reply.post_id = comments.post_id AND reply.path > comments.path AND reply.path < comments.path || 'g'))
	ORDER BY path`,
	row({
		id: v.number(),
		postId: v.string(),
		parentId: v.nullable(v.number()),
		state: v.picklist(commentStates),
		name: v.string(),
		email: v.nullable(v.string()),
		website: v.nullable(v.string()),
		html: v.string(),
		createdAt: v.number(),
		byAuthor: flag,
	}),
);

import type { D1Database } from "@cloudflare/workers-types";
import type { CommentState } from "../comments/comment.ts";
import type { CommentRepository, DuplicateWindow, NewComment } from "../comments/repository.ts";
import { maxParentPathLength } from "../comments/thread.ts";

/** Earlier comments with the same fingerprint, recent or from the very same form. Edited ones no longer have its text. */
const isDuplicate =
	"fingerprint = ?1 AND edited_at IS NULL AND (created_at > ?2 AND created_at <= ?3 OR form_key = ?4)";

/** Threads that a moderator closed; the blog's authors may still write there. */
const isClosed = "post_id = ?5 AND closed_at <= ?3 AND NOT ?6";

/** Identities whose name looks like the comment's (`comments/names.ts`); a comment without skeletons matches none. */
const hasName =
	"(skeleton IN (SELECT value FROM json_each(?7)) OR folded_skeleton IN (SELECT value FROM json_each(?7)))";

/** Identities of other visitors that reserve the name. */
const isTaken = `${hasName} AND visitor <> ?8`;

/** Finds the parent, takes the next id and inserts in one statement, or does nothing, so that concurrent POSTs cannot race. */
const insertion = `INSERT INTO comments (
		id, post_id, parent_id, path, state, name, email, website, visitor, source, html, lang,
		fingerprint, form_key, created_at, findings, network, content_hash, by_author, verified
	)
	WITH next AS (SELECT coalesce(max(id), 0) + 1 AS id FROM comments),
	parent AS (
		SELECT id, substr(path, 1, ${maxParentPathLength}) AS path FROM comments
		WHERE id = ?9 AND post_id = ?5 AND state = 'published'
	)
	SELECT next.id, ?5, parent.id, coalesce(parent.path, '') || printf('%08x', next.id), ?10, ?11, ?12, ?13, ?8, ?14,
		?15, ?16, ?1, ?4, ?3, ?17, ?18, ?19, ?6,
		EXISTS (SELECT 1 FROM identities WHERE ${hasName} AND visitor = ?8)
	FROM next LEFT JOIN parent
	WHERE (?9 IS NULL OR parent.id IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM comments WHERE ${isDuplicate})
		AND NOT EXISTS (SELECT 1 FROM threads WHERE ${isClosed})
		AND NOT EXISTS (SELECT 1 FROM identities WHERE ${isTaken})
	RETURNING id`;

/**
 * Selects the stored comment, the new one or the one it repeats. `doublePost` marks a double POST of a moment ago: from the
 * same network, with the same addresses, from a visitor without other comments or reactions.
 */
const selection = `SELECT id, state, visitor, form_key AS formKey, findings,
		created_at > ?9 AND network IS ?10 AND email IS ?11 AND website IS ?12 AND form_key IS NULL
			AND visitor <> '' AND NOT by_author
			AND NOT EXISTS (SELECT 1 FROM comments AS other WHERE other.visitor = comments.visitor AND other.id <> comments.id)
			AND NOT EXISTS (SELECT 1 FROM reactions WHERE reactions.visitor = comments.visitor) AS doublePost
	FROM comments WHERE ${isDuplicate} ORDER BY id DESC LIMIT 1`;

/** Selects the reason for which nothing was stored. */
const refusal = `SELECT EXISTS (SELECT 1 FROM threads WHERE ${isClosed}) AS closed,
	EXISTS (SELECT 1 FROM identities WHERE ${isTaken}) AS taken`;

type Refusal = { closed: number; taken: number };

type StoredRow = {
	id: number;
	state: CommentState;
	visitor: string;
	formKey: string | null;
	findings: string | null;
	doublePost: number | null;
};

/** Stores new comments in D1, each once. Plain SQL: building these statements took longer than everything else. */
export function newComments(d1: D1Database): Pick<CommentRepository, "add"> {
	return {
		async add(comment, repeats) {
			const shared = sharedValues(comment, repeats);
			const { network, email, website } = comment;
			const [inserted, selected, refused] = await d1.batch<unknown>([
				d1.prepare(insertion).bind(...shared, ...newValues(comment)),
				d1.prepare(selection).bind(...shared, repeats.doublePostSince, network, email, website),
				d1.prepare(refusal).bind(...shared),
			]);
			const [stored] = (selected?.results ?? []) as StoredRow[];
			if (stored === undefined) {
				const [reason] = (refused?.results ?? []) as Refusal[];
				if (reason?.closed === 1) return "closed";
				return reason?.taken === 1 ? "name_taken" : "no_parent";
			}
			const { doublePost, findings, ...row } = stored;
			const duplicate = inserted?.results.length === 0;
			return {
				...row,
				findings: findings === null ? [] : JSON.parse(findings),
				duplicate,
				mergedDoublePost: duplicate && doublePost === 1,
			};
		},
	};
}

/** Returns the first parameters, which all three statements share. */
function sharedValues(comment: NewComment, { since }: DuplicateWindow) {
	const { fingerprint, createdAt, formKey, postId, byAuthor, nameSkeletons, visitor } = comment;
	const skeletons = nameSkeletons === null ? null : JSON.stringify(nameSkeletons);
	return [fingerprint, since, createdAt, formKey, postId, byAuthor ? 1 : 0, skeletons, visitor];
}

function newValues(comment: NewComment) {
	const { parentId, state, name, email, website, text, html, lang, findings, network, contentHash } = comment;
	const json = findings.length === 0 ? null : JSON.stringify(findings);
	return [parentId, state, name, email, website, text, html, lang, json, network, contentHash];
}

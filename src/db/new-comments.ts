import type { D1Database } from "@cloudflare/workers-types";
import type { CommentState } from "../comments/comment.ts";
import type { CommentRepository, NewComment, Repeats } from "../comments/repository.ts";
import { longestParentPath } from "../comments/thread.ts";

/** An earlier comment that says the same: lately, or from the very same form. Once changed it no longer says this. */
const repeated =
	"fingerprint = ?1 AND edited_at IS NULL AND (created_at > ?2 AND created_at <= ?3 OR form_key = ?4)";

/** A moderator has closed the thread; whoever answers for the blog may still have the last word. */
const closed = "post_id = ?5 AND closed_at <= ?3 AND NOT ?6";

/** An identity whose name is one with the comment's (`comments/names.ts`); a comment without keys has nobody's. */
const named =
	"(look_key IN (SELECT value FROM json_each(?7)) OR word_key IN (SELECT value FROM json_each(?7)))";

/** Somebody else has the name for themselves. */
const taken = `${named} AND visitor <> ?8`;

/** One statement that finds the parent, gives the next id and inserts, or does nothing: two at once cannot disagree. */
const insertion = `INSERT INTO comments (
		id, post_id, parent_id, path, state, name, email, website, visitor, source, html, lang,
		fingerprint, form_key, created_at, findings, network, said, by_author, verified
	)
	WITH next AS (SELECT coalesce(max(id), 0) + 1 AS id FROM comments),
	parent AS (
		SELECT id, substr(path, 1, ${longestParentPath}) AS path FROM comments
		WHERE id = ?9 AND post_id = ?5 AND state = 'published'
	)
	SELECT next.id, ?5, parent.id, coalesce(parent.path, '') || printf('%08x', next.id), ?10, ?11, ?12, ?13, ?8, ?14,
		?15, ?16, ?1, ?4, ?3, ?17, ?18, ?19, ?6,
		EXISTS (SELECT 1 FROM identities WHERE ${named} AND visitor = ?8)
	FROM next LEFT JOIN parent
	WHERE (?9 IS NULL OR parent.id IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM comments WHERE ${repeated})
		AND NOT EXISTS (SELECT 1 FROM threads WHERE ${closed})
		AND NOT EXISTS (SELECT 1 FROM identities WHERE ${taken})
	RETURNING id`;

/**
 * The comment that was kept, now or before, and whether it came a moment ago by the same press of a button: from the same
 * network, with the same addresses, from somebody of whom nothing else is known.
 */
const keeping = `SELECT id, state, visitor, form_key AS formKey, findings,
		created_at > ?9 AND network IS ?10 AND email IS ?11 AND website IS ?12 AND form_key IS NULL
			AND visitor <> '' AND NOT by_author
			AND NOT EXISTS (SELECT 1 FROM comments AS other WHERE other.visitor = comments.visitor AND other.id <> comments.id)
			AND NOT EXISTS (SELECT 1 FROM reactions WHERE reactions.visitor = comments.visitor) AS doubled
	FROM comments WHERE ${repeated} ORDER BY id DESC LIMIT 1`;

/** Why nothing was kept. */
const refusing = `SELECT EXISTS (SELECT 1 FROM threads WHERE ${closed}) AS closed,
	EXISTS (SELECT 1 FROM identities WHERE ${taken}) AS taken`;

type Refusal = { closed: number; taken: number };

type KeptRow = {
	id: number;
	state: CommentState;
	visitor: string;
	formKey: string | null;
	findings: string | null;
	doubled: number | null;
};

/** Keeping new comments in D1, each of them once. Plain statements: to build these anew took longer than all the rest. */
export function newComments(d1: D1Database): Pick<CommentRepository, "add"> {
	return {
		async add(comment, repeats) {
			const shared = sharedValues(comment, repeats);
			const { network, email, website } = comment;
			const [inserted, kept, refusal] = await d1.batch<unknown>([
				d1.prepare(insertion).bind(...shared, ...newValues(comment)),
				d1.prepare(keeping).bind(...shared, repeats.doubledSince, network, email, website),
				d1.prepare(refusing).bind(...shared),
			]);
			const [stored] = (kept?.results ?? []) as KeptRow[];
			if (stored === undefined) {
				const [why] = (refusal?.results ?? []) as Refusal[];
				if (why?.closed === 1) return "closed";
				return why?.taken === 1 ? "name_taken" : "no_parent";
			}
			const { doubled, findings, ...row } = stored;
			const repeated = inserted?.results.length === 0;
			return {
				...row,
				findings: findings === null ? [] : JSON.parse(findings),
				repeated,
				doubled: repeated && doubled === 1,
			};
		},
	};
}

/** The values all of the statements begin with. */
function sharedValues(comment: NewComment, { since }: Repeats) {
	const { fingerprint, createdAt, formKey, postId, byAuthor, nameKeys, visitor } = comment;
	const keys = nameKeys === null ? null : JSON.stringify(nameKeys);
	return [fingerprint, since, createdAt, formKey, postId, byAuthor ? 1 : 0, keys, visitor];
}

function newValues(comment: NewComment) {
	const { parentId, state, name, email, website, text, html, lang, findings, network, said } = comment;
	const written = findings.length === 0 ? null : JSON.stringify(findings);
	return [parentId, state, name, email, website, text, html, lang, written, network, said];
}

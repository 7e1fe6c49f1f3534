// SQL text: storing a comment is one statement, and building these with Drizzle took longer than everything else.
import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import * as v from "valibot";
import { type CommentState, commentStates } from "../comments/comment.ts";
import type { AddResult, CommentRepository, DuplicateWindow, NewComment } from "../comments/repository.ts";
import { maxParentPathLength } from "../comments/thread.ts";
import type { Finding } from "../comments/verdict.ts";
import { type ReachedLimit, reachedLimitAt, type Write } from "../comments/write-limits.ts";
import { isPaused } from "./pauses.ts";
import { flag, json, row, statement } from "./statement.ts";
import { bindWrite, findReached, wasCounted } from "./write-counts.ts";

/** Comments of the sender: of their cookie or, if they have none, from their network with the same addresses. */
const isOfSender =
	"(visitor = :visitor OR :isNewVisitor AND network IS :network AND email IS :email AND website IS :website)";

/**
 * Earlier comments with the same fingerprint, recent ones of the same sender or from the very same form. Edited ones no
 * longer have its text.
 */
const isDuplicate = `fingerprint = :fingerprint AND edited_at IS NULL
	AND (form_key = :formKey OR created_at > :since AND created_at <= :createdAt AND ${isOfSender})`;

/** Threads that a moderator closed; the blog's authors may still write there. */
const isClosed = "post_id = :postId AND closed_at IS NOT NULL AND NOT :byAuthor";

/** Whether the whole blog takes no comments; and whether it holds all, also one judged just before. */
const isClosedEverywhere = `(${isPaused(":createdAt", ["close"])} AND NOT :byAuthor)`;
const isHeldEverywhere = `(:state = 'published' AND ${isPaused(":createdAt")} AND NOT :byAuthor)`;

/** Identities whose name looks like the comment's (`comments/names.ts`); a comment without skeletons matches none. */
const hasName =
	"(skeleton IN (SELECT value FROM json_each(:skeletons)) OR folded_skeleton IN (SELECT value FROM json_each(:skeletons)))";

/** Identities of other visitors that reserve the name. */
const isTaken = `${hasName} AND visitor <> :visitor`;

/** The parameters that all three statements share. */
type CommonValues = {
	fingerprint: string;
	since: number;
	createdAt: number;
	formKey: string | null;
	postId: string;
	byAuthor: boolean;
	/** A JSON array; null for a name that is not compared. */
	skeletons: string | null;
	visitor: string;
	isNewVisitor: boolean;
	network: string | null;
	email: string | null;
	website: string | null;
};

type NewValues = CommonValues & {
	parentId: number | null;
	state: CommentState;
	name: string;
	text: string;
	html: string;
	lang: string | null;
	findings: string | null;
	contentHash: string | null;
	/** Whether the statement before it in the batch counts the comment, and a limit may have refused that. */
	isCounted: boolean;
};

/** Finds the parent, takes the next id and inserts in one statement, or does nothing, so that concurrent POSTs cannot race. */
const insertComment = statement<NewValues, { id: number }>(
	`INSERT INTO comments (
		id, post_id, parent_id, path, state, name, email, website, visitor, source, html, lang,
		fingerprint, form_key, created_at, published_at, findings, network, content_hash, by_author, verified
	)
	WITH next AS (SELECT coalesce((SELECT id FROM comments ORDER BY id DESC LIMIT 1), 0) + 1 AS id),
	parent AS (
		SELECT id, substr(path, 1, ${maxParentPathLength}) AS path FROM comments
		WHERE id = :parentId AND post_id = :postId AND state = 'published'
	)
	SELECT next.id, :postId, parent.id, coalesce(parent.path, '') || printf('%08x', next.id),
		iif(${isHeldEverywhere}, 'held', :state), :name, :email,
		:website, :visitor, :text, :html, :lang, :fingerprint, :formKey, :createdAt,
		iif(:state = 'published' AND NOT ${isHeldEverywhere}, :createdAt, NULL),
		iif(${isHeldEverywhere}, '[{"rule":"paused","verdict":"hold","detail":""}]', :findings), :network, :contentHash, :byAuthor,
		EXISTS (SELECT 1 FROM identities WHERE ${hasName} AND visitor = :visitor)
	FROM next LEFT JOIN parent
	WHERE (NOT :isCounted OR changes() > 0) AND (:parentId IS NULL OR parent.id IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM comments WHERE ${isDuplicate})
		AND NOT EXISTS (SELECT 1 FROM threads WHERE ${isClosed})
		AND NOT ${isClosedEverywhere}
		AND NOT EXISTS (SELECT 1 FROM identities WHERE ${isTaken})
	RETURNING id`,
	row({ id: v.number() }),
);

const parseStored = row({
	id: v.number(),
	createdAt: v.number(),
	state: v.picklist(commentStates),
	visitor: v.string(),
	formKey: v.nullable(v.string()),
	findings: v.nullable(json(v.custom<readonly Finding[]>(Array.isArray))),
	doublePost: v.nullable(flag),
});

/**
 * Selects the stored comment, the new one or the one it repeats. `doublePost` marks a double POST of a moment ago: from the
 * same network, with the same addresses, from a visitor without other comments or reactions.
 */
const selectStored = statement<
	Omit<CommonValues, "postId" | "byAuthor" | "skeletons"> & {
		/** Null if a double POST is not merged. */
		doublePostSince: number | null;
	},
	ReturnType<typeof parseStored>
>(
	`SELECT id, created_at AS createdAt, state, visitor, form_key AS formKey, findings,
		created_at > :doublePostSince AND network IS :network AND email IS :email AND website IS :website
			AND form_key IS NULL AND visitor <> '' AND NOT by_author
			AND NOT EXISTS (SELECT 1 FROM comments AS other WHERE other.visitor = comments.visitor AND other.id <> comments.id)
			AND NOT EXISTS (SELECT 1 FROM reactions WHERE reactions.visitor = comments.visitor) AS doublePost
	FROM comments WHERE ${isDuplicate} ORDER BY id DESC LIMIT 1`,
	parseStored,
);

/** Selects the reason for which nothing was stored. */
const selectRefusal = statement<
	Pick<CommonValues, "postId" | "byAuthor" | "skeletons" | "visitor" | "createdAt">,
	{ closed: boolean; paused: boolean; taken: boolean }
>(
	`SELECT EXISTS (SELECT 1 FROM threads WHERE ${isClosed}) AS closed, ${isClosedEverywhere} AS paused,
	EXISTS (SELECT 1 FROM identities WHERE ${isTaken}) AS taken`,
	row({ closed: flag, paused: flag, taken: flag }),
);

/** Stores new comments in D1, each once. */
export function newComments(d1: D1Database): Pick<CommentRepository, "add"> {
	async function add(comment: NewComment, duplicates: DuplicateWindow): Promise<AddResult>;
	async function add(
		comment: NewComment,
		duplicates: DuplicateWindow,
		write?: Write,
	): Promise<AddResult | ReachedLimit>;
	async function add(
		comment: NewComment,
		{ since, doublePostSince, isNewVisitor }: DuplicateWindow,
		write?: Write,
	): Promise<AddResult | ReachedLimit> {
		const values = { ...valuesOf(comment, since), isNewVisitor, isCounted: write !== undefined };
		const { fingerprint, createdAt, formKey, network, email, website } = values;
		const { postId, byAuthor, skeletons, visitor } = values;
		const duplicates = { fingerprint, since, createdAt, formKey, visitor, isNewVisitor };
		const statements = [
			insertComment.bind(d1, values),
			selectStored.bind(d1, { ...duplicates, doublePostSince, network, email, website }),
			selectRefusal.bind(d1, { postId, byAuthor, skeletons, visitor, createdAt }),
		];
		const results = await d1.batch(write === undefined ? statements : [bindWrite(d1, write), ...statements]);
		const [inserted, selected, refused] = results.slice(-statements.length);
		const [stored] = selectStored.rows(selected);
		if (stored === undefined && write !== undefined && !wasCounted(results[0]))
			return reachedLimitAt(write.now, await findReached(d1, write));
		if (stored === undefined) {
			const [reason] = selectRefusal.rows(refused);
			if (reason?.closed) return "closed";
			if (reason?.paused) return "paused";
			return reason?.taken ? "name_taken" : "no_parent";
		}
		const { doublePost, findings, ...row } = stored;
		const duplicate = insertComment.rows(inserted).length === 0;
		return {
			...row,
			findings: findings ?? [],
			duplicate,
			mergedDoublePost: duplicate && doublePost === true,
		};
	}
	return { add };
}

/** Returns the statement that stores a moderator's reply, unless one with its fingerprint was stored before. */
export function insertStatement(d1: D1Database, comment: NewComment): D1PreparedStatement {
	return insertComment.bind(d1, { ...valuesOf(comment, 0), isNewVisitor: false, isCounted: false });
}

function valuesOf(
	comment: NewComment,
	since: DuplicateWindow["since"],
): Omit<NewValues, "isNewVisitor" | "isCounted"> {
	const { fingerprint, createdAt, formKey, postId, byAuthor, nameSkeletons, visitor } = comment;
	const { parentId, state, name, email, website, text, html, lang, findings, network, contentHash } = comment;
	return {
		...{ fingerprint, since, createdAt, formKey, postId, byAuthor, visitor },
		skeletons: nameSkeletons === null ? null : JSON.stringify(nameSkeletons),
		...{ parentId, state, name, email, website, text, html, lang, network, contentHash },
		findings: findings.length === 0 ? null : JSON.stringify(findings),
	};
}

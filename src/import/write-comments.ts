import { createHash } from "node:crypto";
import { hashedWords } from "../comments/content-hash.ts";
import { detectLanguage } from "../comments/language.ts";
import { renderCommentMarkdown } from "../comments/markdown.ts";
import { htmlLimit } from "../comments/parse-comment.ts";
import type { ImportedComment, ImportedCommentRepository } from "../db/imported-comments.ts";
import type { Progress } from "./collect.ts";
import { type CommentText, convertComment, fitComment } from "./convert/comment.ts";
import { repairName, repairWebsite, validEmail } from "./names.ts";
import { placeOf } from "./plan-entries.ts";
import type { CommentRecord, OwnComment } from "./record.ts";
import type { Spool, SpooledRecord } from "./spool.ts";

/** Options of writing comments. */
export type CommentOptions = {
	/** The database; null only counts the comments. */
	repository: ImportedCommentRepository | null;
	/** The name of commenters without one. */
	anonymous: string;
	/** Whether e-mail addresses come along. */
	emails: boolean;
	/** Most characters of JSON, and most comments, in a batch. */
	batch: { characters: number; comments: number };
	/** The most comments to write; the others wait for the next run. */
	limit: number;
};

type PlannedRow = {
	n: number;
	postId: string;
	parentId: number | null;
	commentId: number;
	path: string;
	created: number;
};

/**
 * Converts every planned comment and writes it, in batches that are each whole or not there at all. Comments of a post come
 * together, parents first. Returns how many wait for another run because of the limit.
 */
export async function writeComments(
	spool: Spool,
	options: CommentOptions,
	progress: Progress,
	signal: AbortSignal,
): Promise<{ waiting: number }> {
	const { repository, batch, limit } = options;
	const total = countPending(spool);
	let pending: { n: number; comment: ImportedComment }[] = [];
	let size = 0;
	let done = 0;
	const flush = async () => {
		if (pending.length === 0) return;
		await repository?.add(pending.map(({ comment }) => comment));
		for (const { n } of pending) spool.settle(n, "written");
		done += pending.length;
		progress("Comments", done);
		pending = [];
		size = 0;
	};
	for (const { planned, spooled } of plannedComments(spool)) {
		signal.throwIfAborted();
		if (done + pending.length >= limit) break;
		const comment = toComment(planned, spooled, spool, options);
		const length = comment.text.length * 2 + comment.html.length + versionsLength(comment) + 600;
		if (size + length > batch.characters || pending.length >= batch.comments) await flush();
		pending.push({ n: planned.n, comment });
		size += length;
	}
	await flush();
	return { waiting: total > limit ? countPending(spool) : 0 };
}

/** Returns how many comments are still to be written. */
export function countPending(spool: Spool): number {
	const sql = "SELECT count(*) AS count FROM records WHERE kind = 'comment' AND outcome IS NULL";
	return (spool.db.prepare(sql).get() as { count: number }).count;
}

function* plannedComments(
	spool: Spool,
): Generator<{ planned: PlannedRow; spooled: SpooledRecord<CommentRecord> }> {
	const select = spool.db.prepare(`
		SELECT n, source, file, body, comments.post_id AS postId, comments.comment_id AS commentId, comments.path, created,
			(SELECT above.comment_id FROM comments AS above WHERE above.n = comments.parent_n) AS parentId
		FROM comments JOIN records USING (n) WHERE present = 0 AND outcome IS NULL ORDER BY source, comments.post_id, comments.path`);
	for (const row of select.iterate()) {
		const { source, file, body, ...planned } = row as PlannedRow & {
			source: string;
			file: string;
			body: string;
		};
		yield { planned, spooled: { n: planned.n, source, file, record: JSON.parse(body) } };
	}
}

function toComment(
	{ postId, parentId, commentId, path, created }: PlannedRow,
	spooled: SpooledRecord<CommentRecord>,
	spool: Spool,
	{ anonymous, emails }: CommentOptions,
): ImportedComment {
	const { record, source: blog } = spooled;
	const place = placeOf(spooled);
	const base = {
		id: commentId,
		source: blog,
		sourceId: record.key ?? record.id,
		postId,
		parentId,
		path,
		createdAt: created,
	};
	const own = record.own === undefined ? {} : ownColumns(record.own);
	if (record.state === "deleted" && record.own === undefined) {
		const empty = { name: "", email: null, website: null, text: "", html: "", lang: null, contentHash: null };
		return { ...base, ...empty, state: "deleted", byAuthor: false };
	}
	// An erased comment of an own export has neither.
	if (record.own !== undefined && record.name === "" && record.text.text === "") {
		const { state, byAuthor } = record;
		const empty = { name: "", email: null, website: null, text: "", html: "", lang: null, contentHash: null };
		return { ...base, ...empty, state, byAuthor, ...own };
	}
	const name = repairName(record.name, anonymous);
	const website = repairWebsite(record.website);
	for (const { reason } of [name, website]) if (reason !== null) spool.remark("comment", place, `${reason}.`);
	const text = record.own === undefined ? convertComment(withType(record)) : ownText(record.text.text);
	const { source, html, reason } = fitComment(text, htmlLimit);
	if (reason !== null) spool.remark("comment", place, reason);
	return {
		...base,
		state: record.state,
		name: name.value,
		email: emails ? validEmail(record.email) : null,
		website: website.value,
		text: source,
		html,
		lang: detectLanguage(source),
		contentHash: hashOf(source),
		byAuthor: record.byAuthor,
		...own,
	};
}

/** Returns what edgecat's own export tells of a comment. */
function ownColumns({ origin, earlierVersions, ...columns }: OwnComment): Partial<ImportedComment> {
	const versions = earlierVersions.length === 0 ? {} : { earlierVersions };
	return {
		...columns,
		...versions,
		...(origin === null ? {} : { source: origin.source, sourceId: origin.id }),
	};
}

/** Returns a comment's own Markdown, unchanged. */
function ownText(source: string): CommentText {
	return { source, html: renderCommentMarkdown(source) };
}

function versionsLength({ earlierVersions = [] }: ImportedComment): number {
	return earlierVersions.length === 0 ? 0 : JSON.stringify(earlierVersions).length * 2;
}

/** Computes what `contentHash` does, at once: waiting for each of many hashes takes longer than the rest. */
function hashOf(text: string): string | null {
	const words = hashedWords(text);
	return words === null ? null : createHash("sha256").update(words).digest("hex");
}

/** Marks pingbacks and trackbacks, which are other blogs' and not their owners' words. */
function withType({ type, text, website }: CommentRecord): CommentRecord["text"] {
	if (type === "comment") return text;
	const label = type === "pingback" ? "Pingback" : "Trackback";
	const excerpt = text.text.trim();
	return { ...text, text: `${label}: ${website ?? ""}${excerpt === "" ? "" : `\n\n${excerpt}`}` };
}

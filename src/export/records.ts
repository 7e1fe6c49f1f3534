import type { D1Database } from "@cloudflare/workers-types";
import { statement } from "../db/statement.ts";

/*
 * The records of an export, one JSON object a line. `schema.ts` describes them. Digests of networks, tokens and the state of
 * queues are left out: they mean nothing anywhere else.
 */

/** A record of any file of the export. */
export type ExportRecord = Record<string, unknown>;

/** A file of records: its name, and the query that reads them in an order that never changes. */
export type RecordFile = { name: string; description: string; sql: string; toRecord(row: Row): ExportRecord };

type Row = Record<string, unknown>;

/** Rows of one answer; a deployment's are read by a command each. */
const pageSize = 2000;

/** Every file of records. A query returns `at`, by which the next page goes on after `:last`. */
export const recordFiles: readonly RecordFile[] = [
	{
		name: "comments",
		description: "Every comment, also waiting, spam and deleted ones; those that were erased have no words.",
		sql: `SELECT comments.id AS at, comments.*, imported_comments.source AS imported_source, source_id,
			(SELECT json_group_array(json_object('name', name, 'website', website, 'text', source, 'writtenAt', written_at,
				'replacedAt', replaced_at, 'actor', actor, 'operation', operation))
				FROM (SELECT * FROM revisions WHERE comment_id = comments.id ORDER BY id)) AS versions
			FROM comments LEFT JOIN imported_comments ON comment_id = comments.id WHERE comments.id > :last`,
		toRecord: (row) => ({
			id: row.id,
			post: row.post_id,
			parent: row.parent_id,
			state: row.state,
			name: row.name,
			email: row.email,
			website: row.website,
			visitor: row.visitor,
			text: row.source,
			lang: row.lang,
			createdAt: time(row.created_at),
			publishedAt: time(row.published_at),
			editedAt: time(row.edited_at),
			version: row.version,
			byAuthor: row.by_author === 1,
			verified: row.verified === 1,
			findings: row.findings === null ? null : JSON.parse(String(row.findings)),
			importedFrom: originOf(row),
			earlierVersions: (JSON.parse(String(row.versions)) as Row[]).map((version) => ({
				...version,
				writtenAt: time(version.writtenAt),
				replacedAt: time(version.replacedAt),
			})),
		}),
	},
	{
		name: "reactions",
		description: "Every reaction, to a post or to a comment on it.",
		sql: "SELECT rowid AS at, * FROM reactions WHERE rowid > :last",
		toRecord: (row) => ({
			post: row.post_id,
			comment: row.comment_id === 0 ? null : row.comment_id,
			reaction: row.kind,
			visitor: row.visitor,
			createdAt: time(row.created_at),
		}),
	},
	{
		name: "subscriptions",
		description: "Every subscription; the reader's consent is confirmedAt, and there is none before it.",
		sql: `SELECT subscriptions.id AS at, subscriptions.*, email FROM subscriptions JOIN addresses ON addresses.id = address_id
			WHERE subscriptions.id > :last`,
		toRecord: (row) => ({
			email: row.email,
			post: row.post_id,
			comment: row.comment_id === 0 ? null : row.comment_id,
			state: row.state,
			visitor: row.visitor,
			requestedAt: time(row.requested_at),
			createdAt: time(row.created_at),
			confirmedAt: time(row.confirmed_at),
		}),
	},
	{
		name: "decisions",
		description: "The audit log: every decision of a moderator, with its actor, time and reason.",
		sql: "SELECT id AS at, * FROM audit_log WHERE id > :last",
		toRecord: (row) => ({
			decision: row.kind,
			comment: row.comment_id,
			post: row.post_id,
			state: row.state,
			actor: row.actor,
			reason: row.reason,
			at: time(row.created_at),
			operation: row.operation,
			before: row.before,
			after: row.after,
			undoneAt: time(row.undone_at),
			version: row.version,
		}),
	},
	{
		name: "people",
		description: "Readers with verified names, and members, who may sign in.",
		sql: `SELECT * FROM (
			SELECT members.id AS at, 'member' AS kind, name, role, NULL AS email, NULL AS visitor, created_at, left_at FROM members
			UNION ALL SELECT 1000000000000 + identities.id, 'reader', name, NULL, email, visitor, created_at, NULL
				FROM identities JOIN addresses ON addresses.id = address_id
			) WHERE at > :last`,
		toRecord: (row) => ({
			person: row.kind,
			name: row.name,
			role: row.role,
			email: row.email,
			visitor: row.visitor,
			since: time(row.created_at),
			leftAt: time(row.left_at),
		}),
	},
	{
		name: "threads",
		description: "Threads that a moderator has closed, or in which one comment is pinned.",
		sql: "SELECT rowid AS at, * FROM threads WHERE rowid > :last AND (closed_at IS NOT NULL OR pinned_id IS NOT NULL)",
		toRecord: (row) => ({ post: row.post_id, closedAt: time(row.closed_at), pinned: row.pinned_id }),
	},
	{
		name: "erasures",
		description: "Comments that were erased, which no import may bring back.",
		sql: "SELECT rowid AS at, * FROM tombstones WHERE rowid > :last",
		toRecord: (row) => ({ source: row.source, id: row.id, erasedAt: time(row.erased_at) }),
	},
];

/** Returns where a comment was imported from; null for one that came with this blog's own export and is the same comment. */
function originOf({
	id,
	imported_source: source,
	source_id: sourceId,
}: Row): { source: unknown; id: unknown } | null {
	const isOwn = /^edgecat:/.test(String(source)) && sourceId === String(id);
	return source === null || isOwn ? null : { source, id: sourceId };
}

/** Reads the records of a file. */
export async function* readRecords(d1: D1Database, file: RecordFile): AsyncGenerator<ExportRecord> {
	const select = statement<{ last: number }, Row>(`${file.sql} ORDER BY at LIMIT ${pageSize}`, (row) => row);
	for (let last = 0; ; ) {
		const rows = await select.all(d1, { last });
		for (const row of rows) {
			last = Number(row.at);
			yield file.toRecord(row);
		}
		if (rows.length < pageSize) return;
	}
}

function time(at: unknown): string | null {
	return typeof at === "number" ? new Date(at).toISOString() : null;
}

// SQL text: an import writes hundreds of rows a statement from one JSON parameter, which Drizzle's builder cannot express.
import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import type { CommentState } from "../comments/comment.ts";
import { flag, row, statement } from "./statement.ts";

/** A comment to import, with the id and path it gets. Times are epoch milliseconds. */
export type ImportedComment = {
	id: number;
	/** The system and blog it comes from, and its id there. */
	source: string;
	sourceId: string;
	postId: string;
	parentId: number | null;
	path: string;
	state: CommentState;
	name: string;
	email: string | null;
	website: string | null;
	text: string;
	html: string;
	lang: string | null;
	createdAt: number;
	contentHash: string | null;
	byAuthor: boolean;
	/** The following are for edgecat's own export, which has them. */
	visitor?: string;
	publishedAt?: number | null;
	editedAt?: number | null;
	version?: number;
	/** Whether its name is verified, which holds only while the visitor's verified name is here. */
	verified?: boolean;
	/** JSON. */
	findings?: string | null;
	earlierVersions?: readonly object[];
};

/** A comment imported earlier; `path` is needed to reply to it. */
export type PresentComment = { sourceId: string; id: number; path: string };

/** Reads and writes imported comments. `source` is the system and blog they come from. */
export type ImportedCommentRepository = {
	/** Returns comments imported from `source`, by id from `after` on. */
	present(source: string, after: number, limit: number): Promise<PresentComment[]>;
	/** Returns the source ids that were erased here, in order from `after` on. */
	erased(source: string, after: string, limit: number): Promise<string[]>;
	/** Returns which of these ids a comment has, or had before it was erased. */
	taken(ids: readonly number[]): Promise<number[]>;
	/** Returns which of these comments are here, by id and time, and whether they were erased here. */
	same(
		comments: readonly { id: number; createdAt: number }[],
	): Promise<{ id: number; path: string; isErased: boolean }[]>;
	/** Returns the highest id of any comment. */
	highestId(): Promise<number>;
	/**
	 * Writes comments in one batch: all or none. Throws if one of their ids is taken. Counts the comments of their posts and
	 * marks the pages as changed; queues no event, notice or training example.
	 */
	add(comments: readonly ImportedComment[]): Promise<void>;
};

const selectPresent = statement<{ source: string; after: number; limit: number }, PresentComment>(
	`SELECT source_id AS sourceId, comment_id AS id, path FROM imported_comments JOIN comments ON comments.id = comment_id
	WHERE imported_comments.source = :source AND comment_id > :after ORDER BY comment_id LIMIT :limit`,
	row({ sourceId: v.string(), id: v.number(), path: v.string() }),
);

const selectErased = statement<{ source: string; after: string; limit: number }, { id: string }>(
	"SELECT id FROM tombstones WHERE source = :source AND id > :after ORDER BY id LIMIT :limit",
	row({ id: v.string() }),
);

const selectTaken = statement<{ ids: string }, { id: number }>(
	`SELECT value AS id FROM json_each(:ids)
	WHERE EXISTS (SELECT 1 FROM comments WHERE id = value)
		OR EXISTS (SELECT 1 FROM tombstones WHERE source = 'edgecat' AND id = CAST(value AS TEXT))`,
	row({ id: v.number() }),
);

const selectSame = statement<{ comments: string }, { id: number; path: string; isErased: boolean }>(
	`SELECT comments.id, comments.path, comments.source = '' AND EXISTS (
			SELECT 1 FROM tombstones WHERE tombstones.source = 'edgecat' AND tombstones.id = CAST(comments.id AS TEXT)
		) AS isErased
	FROM json_each(:comments) AS list JOIN comments ON comments.id = list.value ->> 0 AND comments.created_at = list.value ->> 1`,
	row({ id: v.number(), path: v.string(), isErased: flag }),
);

const selectHighestId = statement<Record<never, never>, { id: number }>(
	"SELECT coalesce(max(id), 0) AS id FROM comments",
	row({ id: v.number() }),
);

/** Runs first, so that the triggers of `comments` know these for imported. */
const insertSources = statement<{ rows: string }>(
	`INSERT INTO imported_comments (comment_id, source, source_id)
	SELECT value ->> 'id', value ->> 'source', value ->> 'sourceId' FROM json_each(:rows)`,
);

/** No form sent an imported comment, so its fingerprint is empty; nobody's browser owns one from another system. */
const insertComments = statement<{ rows: string }>(
	`INSERT INTO comments (
		id, post_id, parent_id, path, state, name, email, website, visitor, source, html, lang, fingerprint, created_at,
		published_at, edited_at, version, verified, findings, content_hash, by_author
	)
	SELECT value ->> 'id', value ->> 'postId', value ->> 'parentId', value ->> 'path', value ->> 'state', value ->> 'name',
		value ->> 'email', value ->> 'website', coalesce(value ->> 'visitor', ''), value ->> 'text', value ->> 'html',
		value ->> 'lang', '', value ->> 'createdAt',
		coalesce(value ->> 'publishedAt', iif(value ->> 'state' = 'published', value ->> 'createdAt', NULL)),
		value ->> 'editedAt', coalesce(value ->> 'version', 1),
		coalesce(value ->> 'verified', 0) AND EXISTS (SELECT 1 FROM identities WHERE visitor = value ->> 'visitor'),
		value ->> 'findings', value ->> 'contentHash', value ->> 'byAuthor'
	FROM json_each(:rows)`,
);

const insertVersions = statement<{ rows: string }>(
	`INSERT INTO revisions (comment_id, name, website, source, written_at, replaced_at, actor, operation)
	SELECT list.value ->> 'id', one.value ->> 'name', one.value ->> 'website', one.value ->> 'text', one.value ->> 'writtenAt',
		one.value ->> 'replacedAt', one.value ->> 'actor', one.value ->> 'operation'
	FROM json_each(:rows) AS list, json_each(list.value, '$.earlierVersions') AS one`,
);

const countComments = statement<{ posts: string }>(
	`INSERT INTO threads (post_id, comment_count)
	SELECT post_id, count(*) FROM comments
	WHERE post_id IN (SELECT value FROM json_each(:posts)) AND state = 'published' GROUP BY post_id
	ON CONFLICT (post_id) DO UPDATE SET comment_count = excluded.comment_count
		WHERE comment_count <> excluded.comment_count`,
);

/** Triggers on `threads` have marked the thread itself; lists with its count and feeds of comments have changed, too. */
const widenPurges = statement<{ posts: string }>(
	"UPDATE pending_purges SET scope = scope | 7 WHERE post_id IN (SELECT value FROM json_each(:posts))",
);

/** Imports comments into D1. `bytesPerStatement` keeps statements within a client's limit. */
export function importedCommentRepository(
	d1: D1Database,
	bytesPerStatement = 1_000_000,
): ImportedCommentRepository {
	return {
		present: (source, after, limit) => selectPresent.all(d1, { source, after, limit }),
		erased: async (source, after, limit) =>
			(await selectErased.all(d1, { source, after, limit })).map(({ id }) => id),
		taken: async (ids) => (await selectTaken.all(d1, { ids: JSON.stringify(ids) })).map(({ id }) => id),
		highestId: async () => (await selectHighestId.first(d1, {}))?.id ?? 0,
		async same(comments) {
			const list = JSON.stringify(comments.map(({ id, createdAt }) => [id, createdAt]));
			return selectSame.all(d1, { comments: list });
		},
		async add(comments) {
			const published = comments.filter(({ state }) => state === "published");
			const posts = JSON.stringify([...new Set(published.map(({ postId }) => postId))]);
			const sources = comments.map(({ id, source, sourceId }) => ({ id, source, sourceId }));
			const versioned = comments.filter(({ earlierVersions = [] }) => earlierVersions.length > 0);
			await d1.batch([
				...arraysOf(sources, bytesPerStatement).map((rows) => insertSources.bind(d1, { rows })),
				...arraysOf(comments, bytesPerStatement).map((rows) => insertComments.bind(d1, { rows })),
				...(versioned.length === 0
					? []
					: arraysOf(
							versioned.map(({ id, earlierVersions }) => ({ id, earlierVersions })),
							bytesPerStatement,
						).map((rows) => insertVersions.bind(d1, { rows }))),
				countComments.bind(d1, { posts }),
				widenPurges.bind(d1, { posts }),
			]);
		},
	};
}

/** Writes rows as JSON arrays of at most so many bytes, or of one row. */
export function arraysOf(rows: readonly object[], bytes: number): string[] {
	const arrays: string[][] = [[]];
	let size = 0;
	for (const row of rows) {
		const json = JSON.stringify(row);
		// A character has at most three bytes for each of its UTF-16 code units; a quotation mark is doubled.
		const length = json.length + (json.match(/[^\0-\x7f']/g)?.length ?? 0) * 2 + json.split("'").length;
		if (size > 0 && size + length > bytes) {
			arrays.push([]);
			size = 0;
		}
		arrays.at(-1)?.push(json);
		size += length;
	}
	return arrays.map((parts) => `[${parts.join()}]`);
}

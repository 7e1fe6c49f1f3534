// SQL text: an import writes hundreds of rows a statement from one JSON parameter, which Drizzle's builder cannot express.
import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import * as v from "valibot";
import { arraysOf } from "./imported-comments.ts";
import { row, statement } from "./statement.ts";

/** A row to import, by the names that the statements below read. `comment` is a number it has here, or 0. */
export type ImportedRow = Readonly<Record<string, string | number | null>>;

/** Reads and writes the rows of edgecat's own export that are no comments. Kinds are those of `rowKinds`. */
export type ImportedRowRepository = {
	/** Returns the time up to which each kind was imported from a blog. Later imports leave out what is not newer. */
	checkpoints(source: string): Promise<ReadonlyMap<string, number>>;
	/** Returns the positions of the rows that are here already, or that another one here excludes. */
	present(kind: string, rows: readonly ImportedRow[]): Promise<ReadonlySet<number>>;
	/** Writes rows in one batch: all or none, with the checkpoint they reach. Queues no notice. */
	add(kind: string, rows: readonly ImportedRow[], checkpoint: Checkpoint | null): Promise<void>;
};

/** The time of the last row that was imported of a kind; all of that time are. */
export type Checkpoint = { source: string; until: number };

type Rows = { rows: string };

/** Returns a statement that finds the positions of the rows for which there is a row of a table. */
const finding = (condition: string) =>
	statement<Rows, { position: number }>(
		`SELECT list.key AS position FROM json_each(:rows) AS list WHERE EXISTS (SELECT 1 FROM ${condition})`,
		row({ position: v.number() }),
	);

const inserting = (text: string) => statement<Rows>(`INSERT OR IGNORE INTO ${text}`);

const insertAddresses = inserting("addresses (email) SELECT value ->> 'email' FROM json_each(:rows)");

/** An address stays only while something needs it, as triggers have it. */
const dropAddresses = statement<Rows>(
	`DELETE FROM addresses WHERE email IN (SELECT value ->> 'email' FROM json_each(:rows))
		AND NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = addresses.id)
		AND NOT EXISTS (SELECT 1 FROM identities WHERE address_id = addresses.id)
		AND NOT EXISTS (SELECT 1 FROM verifications WHERE address_id = addresses.id)`,
);

const tables: Record<string, { find: ReturnType<typeof finding>; insert: ReturnType<typeof inserting>[] }> = {
	member: {
		find: finding("members WHERE name = list.value ->> 'name'"),
		insert: [
			inserting(`members (name, role, created_at, left_at)
				SELECT value ->> 'name', value ->> 'role', value ->> 'at', value ->> 'leftAt' FROM json_each(:rows)`),
		],
	},
	reader: {
		find: finding(`identities
			WHERE address_id = (SELECT id FROM addresses WHERE email = list.value ->> 'email') OR visitor = list.value ->> 'visitor'
				OR skeleton IN (list.value ->> 'skeleton', list.value ->> 'folded')
				OR folded_skeleton IN (list.value ->> 'skeleton', list.value ->> 'folded')`),
		insert: [
			insertAddresses,
			inserting(`identities (address_id, name, skeleton, folded_skeleton, visitor, created_at)
				SELECT addresses.id, value ->> 'name', value ->> 'skeleton', value ->> 'folded', value ->> 'visitor', value ->> 'at'
				FROM json_each(:rows) CROSS JOIN addresses ON email = value ->> 'email'`),
			dropAddresses,
		],
	},
	thread: {
		find: finding("threads WHERE post_id = list.value ->> 'post'"),
		insert: [
			inserting(`threads (post_id, closed_at, pinned_id)
				SELECT value ->> 'post', value ->> 'closedAt', nullif(value ->> 'comment', 0) FROM json_each(:rows)`),
		],
	},
	reaction: {
		find: finding(`reactions WHERE post_id = list.value ->> 'post' AND comment_id = list.value ->> 'comment'
			AND kind = list.value ->> 'reaction' AND visitor = list.value ->> 'visitor'`),
		insert: [
			inserting(`reactions (post_id, comment_id, kind, visitor, created_at)
				SELECT value ->> 'post', value ->> 'comment', value ->> 'reaction', value ->> 'visitor', value ->> 'at'
				FROM json_each(:rows)`),
		],
	},
	subscription: {
		find: finding(`subscriptions JOIN addresses ON addresses.id = address_id WHERE email = list.value ->> 'email'
			AND post_id = list.value ->> 'post' AND comment_id = list.value ->> 'comment'`),
		insert: [
			insertAddresses,
			inserting(`subscriptions (address_id, post_id, comment_id, visitor, state, requested_at, created_at, confirmed_at)
				SELECT addresses.id, value ->> 'post', value ->> 'comment', value ->> 'visitor', value ->> 'state',
					value ->> 'requestedAt', value ->> 'at', value ->> 'confirmedAt'
				FROM json_each(:rows) CROSS JOIN addresses ON email = value ->> 'email'`),
			dropAddresses,
		],
	},
	decision: {
		find: finding(`audit_log WHERE kind = list.value ->> 'decision' AND comment_id IS nullif(list.value ->> 'comment', 0)
			AND post_id IS list.value ->> 'post' AND actor = list.value ->> 'actor' AND created_at = list.value ->> 'at'
			AND state IS list.value ->> 'state'`),
		insert: [
			inserting(`audit_log (kind, comment_id, post_id, state, actor, reason, created_at, operation, before, after, undone_at, version)
				SELECT value ->> 'decision', nullif(value ->> 'comment', 0), value ->> 'post', value ->> 'state', value ->> 'actor',
					value ->> 'reason', value ->> 'at', value ->> 'operation', value ->> 'before', value ->> 'after',
					value ->> 'undoneAt', value ->> 'version'
				FROM json_each(:rows)`),
		],
	},
	erasure: {
		find: finding("tombstones WHERE source = list.value ->> 'source' AND id = list.value ->> 'id'"),
		// Not for a number that is another comment's here, which could not be edited then.
		insert: [
			inserting(`tombstones (source, id, erased_at)
				SELECT value ->> 'source', value ->> 'id', value ->> 'erasedAt' FROM json_each(:rows)
				WHERE value ->> 'source' <> 'edgecat' OR NOT EXISTS (
					SELECT 1 FROM comments WHERE id = CAST(value ->> 'id' AS INTEGER) AND comments.source <> ''
				)`),
		],
	},
};

const selectCheckpoints = statement<{ source: string }, { kind: string; until: number }>(
	"SELECT kind, until FROM import_checkpoints WHERE source = :source",
	row({ kind: v.string(), until: v.number() }),
);

const setCheckpoint = statement<{ source: string; kind: string; until: number }>(
	`INSERT INTO import_checkpoints (source, kind, until) VALUES (:source, :kind, :until)
	ON CONFLICT (source, kind) DO UPDATE SET until = max(until, excluded.until)`,
);

/** Imports rows into D1. `bytesPerStatement` keeps statements within a client's limit. */
export function importedRowRepository(d1: D1Database, bytesPerStatement = 1_000_000): ImportedRowRepository {
	const tableOf = (kind: string) => {
		const table = tables[kind];
		if (table === undefined) throw new Error(`there is no kind ${kind}`);
		return table;
	};
	return {
		async checkpoints(source) {
			const found = await selectCheckpoints.all(d1, { source });
			return new Map(found.map(({ kind, until }) => [kind, until]));
		},
		async present(kind, rows) {
			const { find } = tableOf(kind);
			const positions = new Set<number>();
			let first = 0;
			for (const part of arraysOf(rows, bytesPerStatement)) {
				for (const { position } of await find.all(d1, { rows: part })) positions.add(first + position);
				first += JSON.parse(part).length;
			}
			return positions;
		},
		async add(kind, rows, checkpoint) {
			const statements: D1PreparedStatement[] = [];
			for (const part of arraysOf(rows, bytesPerStatement))
				for (const insert of tableOf(kind).insert) statements.push(insert.bind(d1, { rows: part }));
			if (checkpoint !== null) statements.push(setCheckpoint.bind(d1, { ...checkpoint, kind }));
			await d1.batch(statements);
		},
	};
}

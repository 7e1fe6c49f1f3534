import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import { row, type Statement, statement } from "../db/statement.ts";

/** Facts that only the database to be replaced has: whom it has erased, and which subscriptions have ended. */
export type Since = {
	/** Whether it is the database of the backup at a later time; otherwise only tombstones and revisions count. */
	isLater: boolean;
	tombstones: readonly { source: string; id: string; erased_at: number }[];
	/** Comments that have lost their visitor, and the name they have now. */
	redacted: readonly { id: number; created_at: number; name: string }[];
	/** Ids of the subscriptions and identities it still has. */
	subscriptions: ReadonlySet<number>;
	identities: ReadonlySet<number>;
	revisions: readonly { post_id: string; revision: number }[];
};

/** Rows of one answer. */
const pageSize = 5000;

/** Reads what must outlive the restoring of a backup, whose first comment is `first`: comments are never deleted. */
export async function readSince(
	d1: D1Database,
	first: { id: number; created_at: number } | null,
): Promise<Since> {
	const same = first === null ? null : await findFirst.first(d1, { id: first.id, at: first.created_at });
	const subscriptions = await readAll(d1, selectSubscriptions);
	const identities = await readAll(d1, selectIdentities);
	return {
		isLater: same !== null,
		tombstones: await readAll(d1, selectTombstones),
		redacted: await readAll(d1, selectRedacted),
		subscriptions: new Set(subscriptions.map(({ id }) => id)),
		identities: new Set(identities.map(({ id }) => id)),
		revisions: await readAll(d1, selectRevisions),
	};
}

const findFirst = statement<{ id: number; at: number }, { id: number }>(
	"SELECT id FROM comments WHERE id = :id AND created_at = :at",
	row({ id: v.number() }),
);

/** A page of a table, after the row id `last`; `at` is the row id. */
type Page<Row> = Statement<{ last: number }, Row & { at: number }>;

const at = v.number();
const page = `rowid > :last ORDER BY rowid LIMIT ${pageSize}`;

const selectSubscriptions: Page<{ id: number }> = statement(
	`SELECT rowid AS at, id FROM subscriptions WHERE ${page}`,
	row({ at, id: v.number() }),
);

const selectIdentities: Page<{ id: number }> = statement(
	`SELECT rowid AS at, id FROM identities WHERE ${page}`,
	row({ at, id: v.number() }),
);

const selectTombstones: Page<Since["tombstones"][number]> = statement(
	`SELECT rowid AS at, source, id, erased_at FROM tombstones WHERE ${page}`,
	row({ at, source: v.string(), id: v.string(), erased_at: v.number() }),
);

const selectRedacted: Page<Since["redacted"][number]> = statement(
	`SELECT rowid AS at, id, created_at, name FROM comments WHERE visitor = ''
		AND NOT EXISTS (SELECT 1 FROM imported_comments WHERE comment_id = comments.id) AND ${page}`,
	row({ at, id: v.number(), created_at: v.number(), name: v.string() }),
);

const selectRevisions: Page<Since["revisions"][number]> = statement(
	`SELECT rowid AS at, post_id, revision FROM pending_purges WHERE ${page}`,
	row({ at, post_id: v.string(), revision: v.number() }),
);

async function readAll<Row>(d1: D1Database, select: Page<Row>): Promise<Row[]> {
	const all: Row[] = [];
	for (let last = 0; ; ) {
		const rows = await select.all(d1, { last });
		for (const found of rows) {
			all.push(found);
			last = found.at;
		}
		if (rows.length < pageSize) return all;
	}
}

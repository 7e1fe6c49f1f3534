import type { D1Database } from "@cloudflare/workers-types";

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
	const same =
		first === null
			? null
			: await d1
					.prepare("SELECT id FROM comments WHERE id = ?1 AND created_at = ?2")
					.bind(first.id, first.created_at)
					.first();
	const subscriptions = await readAll<{ id: number }>(
		d1,
		"SELECT rowid AS at, id FROM subscriptions WHERE true",
	);
	const identities = await readAll<{ id: number }>(d1, "SELECT rowid AS at, id FROM identities WHERE true");
	return {
		isLater: same !== null,
		tombstones: await readAll(d1, "SELECT rowid AS at, source, id, erased_at FROM tombstones WHERE true"),
		redacted: await readAll(
			d1,
			`SELECT rowid AS at, id, created_at, name FROM comments WHERE visitor = ''
			AND NOT EXISTS (SELECT 1 FROM imported_comments WHERE comment_id = comments.id)`,
		),
		subscriptions: new Set(subscriptions.map(({ id }) => id)),
		identities: new Set(identities.map(({ id }) => id)),
		revisions: await readAll(d1, "SELECT rowid AS at, post_id, revision FROM pending_purges WHERE true"),
	};
}

async function readAll<R extends object>(d1: D1Database, select: string): Promise<R[]> {
	const all: R[] = [];
	for (let last = 0; ; ) {
		const { results } = await d1
			.prepare(`${select} AND rowid > ?1 ORDER BY rowid LIMIT ${pageSize}`)
			.bind(last)
			.all<R & { at: number }>();
		for (const { at, ...row } of results) {
			all.push(row as unknown as R);
			last = at;
		}
		if (results.length < pageSize) return all;
	}
}

import type { DatabaseSync } from "node:sqlite";

/**
 * Makes a restored database fit to be served, at `now`; runs without triggers. Members sign in again, since a session that was
 * ended since the backup would be open again. Notices that were still to be sent are dropped, since they have been, and
 * warnings begin anew. All pages are purged: their revisions grow by more than the database that is replaced or lost can
 * have counted since.
 */
export function settle(database: DatabaseSync, createdAt: number, now: number): void {
	database.exec(
		"DELETE FROM sessions; DELETE FROM comment_events; DELETE FROM reader_events; DELETE FROM warnings",
	);
	database
		.prepare("UPDATE outbox SET state = 'dropped', lease = NULL, settled_at = :now WHERE settled_at IS NULL")
		.run({ now });
	const since = Math.max(0, Math.ceil((now - createdAt) / 1000));
	database
		.prepare(
			`INSERT INTO pending_purges (post_id, scope, revision) SELECT post_id, 15, :more FROM (SELECT post_id FROM threads UNION SELECT '') WHERE true
			ON CONFLICT (post_id) DO UPDATE SET scope = 15, revision = revision + :more, purged_at = NULL`,
		)
		.run({ more: since + 1 });
	database.exec("UPDATE purge_budget SET locked_until = 0");
}

/** Raises revisions above those of the database that is replaced, by post. */
export function raiseRevisions(
	database: DatabaseSync,
	revisions: readonly { post_id: string; revision: number }[],
): void {
	const raise = database.prepare(
		`INSERT INTO pending_purges (post_id, scope, revision) VALUES (:post_id, 15, :revision + 1)
		ON CONFLICT (post_id) DO UPDATE SET revision = max(revision, excluded.revision)`,
	);
	for (const { post_id, revision } of revisions) raise.run({ post_id, revision });
}

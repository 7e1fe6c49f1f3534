import type { DatabaseSync } from "node:sqlite";
import type { D1Database } from "@cloudflare/workers-types";
import { recount } from "./counters.ts";
import { type ErasureCount, eraseAgain } from "./erase.ts";
import { applyNewer, fillScratch, type Migration, type Scratch, withoutTriggers } from "./scratch.ts";
import { raiseRevisions, settle } from "./settle.ts";
import type { Since } from "./since.ts";

/** The result of restoring: the rows of each table, how many counters were wrong, and what was erased again. */
export type RestoreResult = Scratch & { corrected: number; newer: readonly string[]; erased: ErasureCount };

/**
 * Restores a backup into an empty database, of which `d1` is the same one, and makes it ready to be served: migrates it,
 * counts again, and applies what the database it replaces knows, read by `readSince` once the backup is there.
 */
export async function restoreBackup(
	{ database, d1 }: { database: DatabaseSync; d1: D1Database },
	path: string,
	migrations: readonly Migration[],
	readSince: (first: { id: number; created_at: number } | null) => Promise<Since | null>,
	now: number,
	progress: (rows: number) => void = () => {},
): Promise<RestoreResult> {
	const scratch = await fillScratch(database, path, migrations, progress);
	applyNewer(database, scratch, migrations);
	let corrected = 0;
	withoutTriggers(database, () => {
		corrected = recount(database);
	});
	const first = database.prepare("SELECT id, created_at FROM comments ORDER BY id LIMIT 1").get();
	const since = await readSince(
		first === undefined ? null : { id: Number(first.id), created_at: Number(first.created_at) },
	);
	const erased =
		since === null ? { people: 0, comments: 0, ended: 0 } : await eraseAgain({ database, d1 }, since);
	withoutTriggers(database, () => {
		settle(database, Date.parse(scratch.header.createdAt), now);
		raiseRevisions(database, since?.revisions ?? []);
	});
	const newer = migrations.slice(scratch.header.migrations.length).map(({ name }) => name);
	return { ...scratch, corrected, newer, erased };
}

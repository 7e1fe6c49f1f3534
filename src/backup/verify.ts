import type { DatabaseSync } from "node:sqlite";
import type { D1Database } from "@cloudflare/workers-types";
import { BackupError } from "./error.ts";
import { readBackup } from "./read-file.ts";
import { readLines } from "./rows.ts";
import { fillScratch, type Migration, type Scratch } from "./scratch.ts";
import { readTables } from "./tables.ts";

/**
 * Restores a backup into an empty database, of which `d1` is the same one, and compares every row with the file. Returns what
 * it holds; throws `BackupError` for the first difference.
 */
export async function verifyBackup(
	{ database, d1 }: { database: DatabaseSync; d1: D1Database },
	path: string,
	migrations: readonly Migration[],
	progress: (rows: number) => void,
): Promise<Scratch> {
	const scratch = await fillScratch(database, path, migrations, progress);
	const tables = await readTables(d1);
	let lines: AsyncGenerator<string> = nothing();
	let name = "";
	for await (const part of readBackup(path)) {
		if (part.kind === "table") {
			name = part.start.table;
			const table = tables.find((each) => each.name === name);
			lines = table === undefined ? nothing() : readLines({ d1, bytesPerPage: 1_000_000 }, table);
		}
		if (part.kind !== "row" && part.kind !== "end") continue;
		const { value: restored } = await lines.next();
		const expected = part.kind === "row" ? part.line : undefined;
		if (restored === expected) continue;
		throw new BackupError(
			`A row of ${name} is not restored as it is in ${path}:\n${expected ?? "(none)"}\n${restored ?? "(none)"}`,
		);
	}
	return scratch;
}

async function* nothing(): AsyncGenerator<string> {}

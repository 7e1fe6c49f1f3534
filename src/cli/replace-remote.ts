import { createWriteStream } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { D1Database } from "@cloudflare/workers-types";
import { collectRows } from "../backup/collect.ts";
import { BackupError } from "../backup/error.ts";
import { tableDigest } from "../backup/lines.ts";
import { readLines } from "../backup/rows.ts";
import { openBackupSpool } from "../backup/spool.ts";
import { derivedTables, readMigrationNames, readTables } from "../backup/tables.ts";
import { sqlOf } from "../backup/upload.ts";
import { D1Error } from "./database-error.ts";
import { readMigrations } from "./migrate.ts";
import { type RunWrangler, runWrangler } from "./wrangler.ts";

/** Throws `BackupError` unless a database has this version's tables, and no rows or `replace` is given. */
export async function requireReplaceable(d1: D1Database, replace: boolean): Promise<void> {
	const applied = await readMigrationNames(d1);
	const known = (await readMigrations()).map(({ name }) => name);
	if (applied.join() !== known.join()) {
		throw new BackupError(
			"The database is not at this version's last migration; run npm start or npm run deploy first, then restore.",
		);
	}
	if (replace) return;
	const filled = ["comments", "threads", "members", "audit_log", "addresses"];
	const row = await d1
		.prepare(`SELECT ${filled.map((table) => `EXISTS (SELECT 1 FROM ${table})`).join(" OR ")} AS found`)
		.first<{ found: number }>();
	if (row?.found !== 1) return;
	throw new BackupError(
		"The database has comments or other rows, which restoring would delete. Make a backup of it, then add --replace.",
	);
}

/**
 * Replaces the rows of a deployment's database by those of a local one, all or none, and compares what is there then, but for
 * derived tables: readers are served meanwhile, whose visits fill them. `folder` is for temporary files.
 */
export async function replaceRemote(
	{ database, d1 }: { database: DatabaseSync; d1: D1Database },
	remote: D1Database,
	where: readonly string[],
	folder: string,
	run: RunWrangler = runWrangler,
): Promise<void> {
	const tables = await readTables(d1);
	const file = join(folder, "rows.sql");
	const lines = function* () {
		for (const sql of sqlOf(database, tables)) yield `${sql};\n`;
	};
	await pipeline(Readable.from(lines()), createWriteStream(file, { mode: 0o600 }));
	const ran = await run(["d1", "execute", "DB", ...where, "--json", "--yes", "--file", file]);
	if (!ran.ok) throw new D1Error(`${ran.stdout}\n${ran.stderr}`.trim() || "wrangler d1 execute failed");
	const spool = openBackupSpool(join(folder, "read-back"), "");
	const source = { d1: remote, bytesPerPage: 4_000_000 };
	const compared = tables.filter(({ name }) => !derivedTables.includes(name));
	await collectRows(source, compared, spool, () => {}, new AbortController().signal);
	for (const table of compared) {
		const [own, other] = [tableDigest(), tableDigest()];
		for await (const line of readLines({ d1, bytesPerPage: 1_000_000 }, table)) own.add(line);
		for (const line of spool.lines(table.name)) other.add(line);
		if (own.end().sha256 === other.end().sha256) continue;
		throw new BackupError(
			`The rows of ${table.name} on the deployment are not those of the backup. If nobody can have written since, restore again with --replace.`,
		);
	}
	spool.remove();
}

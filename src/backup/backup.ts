import { existsSync } from "node:fs";
import type { D1Database } from "@cloudflare/workers-types";
import { collectRows, type Progress } from "./collect.ts";
import { BackupError } from "./error.ts";
import type { Header } from "./lines.ts";
import { openBackupSpool } from "./spool.ts";
import { derivedTables, readMigrationNames, readTables } from "./tables.ts";
import { type Contents, writeBackup } from "./write-file.ts";

/** A backup to make. `target` names the database, so that one that was stopped goes on only with the same. */
export type BackupOptions = {
	path: string;
	target: string;
	bytesPerPage: number;
	now: number;
	progress: Progress;
	signal: AbortSignal;
};

/** Backs up a database into a new file. One that was stopped goes on where it was, from the file beside it. */
export async function makeBackup(
	d1: D1Database,
	{ path, target, bytesPerPage, now, progress, signal }: BackupOptions,
): Promise<Contents> {
	if (existsSync(path)) throw new BackupError(`${path} is there already; name a new file.`);
	const migrations = await readMigrationNames(d1);
	const tables = (await readTables(d1)).filter(({ name }) => !derivedTables.includes(name));
	const spool = openBackupSpool(`${path}.part`, JSON.stringify([target, migrations, tables]));
	try {
		await collectRows({ d1, bytesPerPage }, tables, spool, progress, signal);
		const header: Header = {
			format: "edgecat-backup",
			version: 1,
			createdAt: new Date(now).toISOString(),
			migrations,
		};
		const contents = await writeBackup(path, header, tables, spool);
		spool.remove();
		return contents;
	} finally {
		spool.close();
	}
}

import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { D1Database } from "@cloudflare/workers-types";
import { makeBackup } from "../backup/backup.ts";
import { verifyBackup } from "../backup/verify.ts";
import type { Contents } from "../backup/write-file.ts";
import { displayPath } from "../build/problems.ts";
import type { BackupArguments } from "./backup-command.ts";
import { backupProblem } from "./backup-problem.ts";
import { fail } from "./command.ts";
import { stateDir } from "./config.ts";
import { localDatabaseFile } from "./local-database.ts";
import { readMigrations } from "./migrate.ts";
import { terminalProgress } from "./progress.ts";
import { sqliteD1 } from "./sqlite-d1.ts";
import { wranglerD1 } from "./wrangler-d1.ts";

/** Writes a backup, or checks one. */
export async function backUpDatabase({ path, verify, ...where }: BackupArguments): Promise<0 | 1> {
	// Backups hold e-mail addresses and waiting comments: only this user can read what is written from here on.
	process.umask(0o077);
	const { show, end } = terminalProgress();
	const state = stateDir(process.env);
	const file = path ?? `backups/${new Date().toISOString().replace(/[:.]\d*Z?/g, "")}.jsonl.gz`;
	const interrupt = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupt.abort());
	try {
		if (verify) return await check(file, (rows) => show("Restoring", rows));
		const opened = await open(where, state);
		if (opened === null)
			return fail(`There is no database in ${state} yet; run npm start first, with the same PERSIST_TO.`);
		mkdirSync(dirname(file), { recursive: true });
		const contents = await makeBackup(opened.d1, {
			path: file,
			target: where.remote ? `remote ${where.env}` : opened.name,
			bytesPerPage: opened.bytesPerPage,
			now: Date.now(),
			progress: show,
			signal: interrupt.signal,
		});
		opened.close();
		end();
		console.log(`${describe(contents)} are in ${displayPath(file)}.`);
		return 0;
	} catch (error) {
		end();
		if (interrupt.signal.aborted) {
			return fail(
				`Stopped. Go on from here with the same file: npm run backup -- ${file}${where.remote ? " --remote" : ""}`,
			);
		}
		return fail(backupProblem(error, where.remote, state));
	}
}

type OpenDatabase = { d1: D1Database; name: string; bytesPerPage: number; close(): void };

/** Opens the database; null if there is none. A local one is read as it is now, whatever the blog writes meanwhile. */
async function open(
	{ remote, env }: { remote: boolean; env: string },
	state: string,
): Promise<OpenDatabase | null> {
	if (remote) {
		return {
			d1: wranglerD1(["--remote", `--env=${env}`]),
			name: env,
			bytesPerPage: 4_000_000,
			close: () => {},
		};
	}
	const name = await localDatabaseFile(state);
	if (!existsSync(name)) return null;
	const database = new DatabaseSync(name, { timeout: 10_000, readOnly: true });
	database.exec("BEGIN");
	return {
		d1: sqliteD1(database, { inTransaction: true }),
		name,
		bytesPerPage: 2_000_000,
		close: () => database.close(),
	};
}

async function check(path: string, progress: (rows: number) => void): Promise<0> {
	const folder = mkdtempSync(join(tmpdir(), "edgecat-verify-"));
	const database = new DatabaseSync(join(folder, "database.sqlite"));
	try {
		const d1 = sqliteD1(database);
		const { header, contents } = await verifyBackup({ database, d1 }, path, await readMigrations(), progress);
		console.log(
			`${displayPath(path)}, made ${header.createdAt}, is whole and can be restored: ${describe(contents)} are the same.`,
		);
		return 0;
	} finally {
		database.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

function describe(contents: Contents): string {
	const rows = contents.reduce((sum, table) => sum + table.rows, 0);
	const comments = contents.find(({ table }) => table === "comments")?.rows ?? 0;
	return `${rows.toLocaleString("en")} rows (${comments.toLocaleString("en")} comments)`;
}

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { BackupError } from "../backup/error.ts";
import { type RestoreResult, restoreBackup } from "../backup/restore.ts";
import { readSince } from "../backup/since.ts";
import { displayPath } from "../build/problems.ts";
import type { RestoreArguments } from "./backup-command.ts";
import { backupProblem } from "./backup-problem.ts";
import { fail } from "./command.ts";
import { stateDir } from "./config.ts";
import { localDatabaseFile } from "./local-database.ts";
import { readMigrations } from "./migrate.ts";
import { terminalProgress } from "./progress.ts";
import { replaceRemote, requireReplaceable } from "./replace-remote.ts";
import { sqliteD1 } from "./sqlite-d1.ts";
import { lockStore, protectDatabases } from "./store.ts";
import { wranglerD1 } from "./wrangler-d1.ts";

/** Restores a backup, locally or on a deployment. */
export async function restoreDatabase({ path, replace, remote, env }: RestoreArguments): Promise<0 | 1> {
	process.umask(0o077);
	const { show, end } = terminalProgress();
	const state = stateDir(process.env);
	try {
		const progress = (rows: number) => show("Restoring", rows);
		if (!existsSync(path)) return fail(`${path} does not exist; name a backup.`);
		const restored = remote
			? await restoreRemotely(path, replace, env, progress)
			: await restoreLocally(path, replace, state, progress);
		end();
		console.log(describe(path, restored));
		return 0;
	} catch (error) {
		end();
		return fail(backupProblem(error, remote, state));
	}
}

/** Restores beside the local database and then takes its place, so that it is never there by half. */
async function restoreLocally(
	path: string,
	replace: boolean,
	state: string,
	progress: (rows: number) => void,
): Promise<RestoreResult> {
	if (!(await lockStore(state))) {
		throw new BackupError(`The blog is served from the database in ${state}; stop it, then restore.`);
	}
	const target = await localDatabaseFile(state);
	mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
	const present = existsSync(target) ? new DatabaseSync(target, { readOnly: true }) : null;
	const d1 = present === null ? null : sqliteD1(present);
	if (d1 !== null) await requireReplaceable(d1, replace);
	const scratch = `${target}.restoring`;
	rmSync(scratch, { force: true });
	const database = new DatabaseSync(scratch);
	try {
		const restored = await restoreBackup(
			{ database, d1: sqliteD1(database) },
			path,
			await readMigrations(),
			async (first) => (d1 === null ? null : readSince(d1, first)),
			Date.now(),
			progress,
		);
		database.exec("PRAGMA journal_mode = WAL");
		database.close();
		present?.close();
		for (const suffix of ["-wal", "-shm"]) rmSync(target + suffix, { force: true });
		renameSync(scratch, target);
		await protectDatabases(state);
		return restored;
	} finally {
		if (database.isOpen) database.close();
		for (const suffix of ["", "-wal", "-shm"]) rmSync(scratch + suffix, { force: true });
	}
}

/** Restores into a temporary database, replaces the deployment's rows by its rows, and reads them back. */
async function restoreRemotely(
	path: string,
	replace: boolean,
	env: string,
	progress: (rows: number) => void,
): Promise<RestoreResult> {
	const where = ["--remote", `--env=${env}`];
	const remote = wranglerD1(where);
	await requireReplaceable(remote, replace);
	const folder = mkdtempSync(join(tmpdir(), "edgecat-restore-"));
	const database = new DatabaseSync(join(folder, "database.sqlite"));
	try {
		const d1 = sqliteD1(database);
		const migrations = await readMigrations();
		const readFrom = (first: Parameters<typeof readSince>[1]) => readSince(remote, first);
		const restored = await restoreBackup({ database, d1 }, path, migrations, readFrom, Date.now(), progress);
		await replaceRemote({ database, d1 }, remote, where, folder);
		return restored;
	} finally {
		database.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

function describe(path: string, { header, contents, corrected, newer, erased }: RestoreResult): string {
	const rows = contents.reduce((sum, table) => sum + table.rows, 0);
	const comments = contents.find(({ table }) => table === "comments")?.rows ?? 0;
	const number = (count: number) => count.toLocaleString("en");
	return [
		`${displayPath(path)}, made ${header.createdAt}, is restored: ${number(rows)} rows (${number(comments)} comments).`,
		...(newer.length === 0 ? [] : [`It was migrated: ${newer.join(", ")}.`]),
		...(corrected === 0 ? [] : [`${number(corrected)} counters were wrong and are right now.`]),
		...(erased.people + erased.comments === 0
			? []
			: [
					`${number(erased.people)} people and ${number(erased.comments)} comments that were erased since are erased again.`,
				]),
		...(erased.ended === 0
			? []
			: [`${number(erased.ended)} subscriptions and names that have ended since stay ended.`]),
		"Members sign in again; notices that were still to be sent are dropped.",
	].join("\n");
}

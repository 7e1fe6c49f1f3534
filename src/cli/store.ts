import { chmod, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** The folder of wrangler's local databases in the folder of the local store. */
export const databaseFolder = "v3/d1";

/**
 * Creates the folder of the local database and secrets, which only this user can open, and locks it for the life of this
 * process; false if another process has it. The lock is SQLite's on an empty file: the operating system releases it even
 * if the process is killed.
 */
export async function lockStore(persistTo: string): Promise<boolean> {
	await mkdir(persistTo, { recursive: true, mode: 0o700 });
	const file = join(persistTo, "start.lock");
	lock = new DatabaseSync(file, { timeout: 0 });
	await chmod(file, 0o600);
	try {
		// Without a journal nothing is left behind.
		lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
		return true;
	} catch (error) {
		if (error instanceof Error && error.message === "database is locked") return false;
		throw error;
	}
}

/** Kept, so that the connection, and with it the lock, is not garbage-collected. */
let lock: DatabaseSync;

/** Lets only this user read the local databases, whatever their content: e-mail addresses, sessions, waiting comments. */
export async function protectDatabases(persistTo: string): Promise<void> {
	for (const folder of ["v3", databaseFolder]) await chmod(join(persistTo, folder), 0o700);
	const folder = join(persistTo, databaseFolder);
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	for (const entry of entries) {
		await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o700 : 0o600);
	}
}

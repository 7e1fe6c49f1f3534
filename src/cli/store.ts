import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readdir, stat } from "node:fs/promises";
import { Socket } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** The folder of wrangler's local databases in the folder of the local store. */
export const databaseFolder = "v3/d1";

/** The file that the start script of a machine of one's own locks; a store without it belongs to `npm start`. */
export const serveLock = "serve.lock";

/**
 * Creates the folder of the local database and secrets, which only this user can open, and locks it for the life of this
 * process; false if another process has it, `npm start` or a machine of one's own. The lock is SQLite's on an empty file:
 * the operating system releases it even if the process is killed.
 */
export async function lockStore(persistTo: string): Promise<boolean> {
	await mkdir(persistTo, { recursive: true, mode: 0o700 });
	const file = join(persistTo, "start.lock");
	lock = new DatabaseSync(file, { timeout: 0 });
	await chmod(file, 0o600);
	try {
		// Without a journal nothing is left behind.
		lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
		const served = join(persistTo, serveLock);
		return !existsSync(served) || (await lockFile(served));
	} catch (error) {
		if (error instanceof Error && error.message === "database is locked") return false;
		throw error;
	}
}

/** Kept, so that the connection, and with it the lock, is not garbage-collected. */
let lock: DatabaseSync;

/**
 * Locks a file as `flock` in a shell script does, which Node cannot: a child process has the lock until this process ends and
 * with it the child's input. Its own process group keeps it from a Ctrl-C that is meant for this one.
 */
async function lockFile(file: string): Promise<boolean> {
	const holder = spawn("flock", ["--nonblock", file, "cat"], {
		stdio: ["pipe", "pipe", "ignore"],
		detached: true,
	});
	holder.stdin.on("error", () => {}).write("locked");
	const isLocked = await Promise.race([
		once(holder.stdout, "data").then(() => true),
		once(holder, "exit").then(() => false),
	]);
	holder.unref();
	for (const stream of [holder.stdin, holder.stdout]) if (stream instanceof Socket) stream.unref();
	return isLocked;
}

/**
 * Lets only its owner read the local databases, whatever their content: e-mail addresses, sessions, waiting comments. What
 * the administrator has written into the store of a service stays the service's.
 */
export async function protectDatabases(persistTo: string): Promise<void> {
	const owner = process.getuid?.() === 0 ? await stat(persistTo) : null;
	const protect = async (path: string, mode: number) => {
		await chmod(path, mode);
		if (owner !== null) await chown(path, owner.uid, owner.gid);
	};
	for (const folder of ["v3", databaseFolder]) await protect(join(persistTo, folder), 0o700);
	const folder = join(persistTo, databaseFolder);
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	for (const entry of entries) {
		await protect(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o700 : 0o600);
	}
}

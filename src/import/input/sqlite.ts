import { existsSync } from "node:fs";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ImportError } from "../error.ts";
import type { SourceFile } from "./source-file.ts";

/** Whether bytes are the beginning of a SQLite database. */
export function isSqlite(bytes: Uint8Array): boolean {
	return Buffer.from(bytes.subarray(0, 16)).toString("latin1") === "SQLite format 3\0";
}

/**
 * Reads rows of a SQLite database, of which it makes a copy with its write-ahead log, so that one in use is not touched and
 * one in a zip can be read. Throws `ImportError` for a damaged one.
 */
export async function* readSqlite<T>(
	file: SourceFile,
	rows: (db: DatabaseSync) => Iterable<T>,
): AsyncGenerator<T> {
	const folder = await mkdtemp(join(tmpdir(), "edgecat-import-"));
	const copy = join(folder, "copy.sqlite");
	try {
		await writeFile(copy, file.bytes());
		const log = `${file.disk}-wal`;
		if (file.disk !== null && existsSync(log)) await copyFile(log, `${copy}-wal`);
		const db = new DatabaseSync(copy);
		try {
			yield* rows(db);
		} finally {
			db.close();
		}
	} catch (error) {
		const isDamaged = error instanceof Error && "code" in error && error.code === "ERR_SQLITE_ERROR";
		if (!isDamaged) throw error;
		throw new ImportError(
			`${file.name}: the database is incomplete or damaged (${error.message}); nothing was imported. Export or copy it again.`,
		);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

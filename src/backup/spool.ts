import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { beginning, type SpooledRow } from "./rows.ts";

/** The rows read so far, in a file beside the backup: a backup that was stopped goes on from it. */
export type BackupSpool = {
	/** Adds a page of rows with their fingerprints, and records that all rows up to `last` are read; null when the table is. */
	addPage(
		table: string,
		rows: readonly SpooledRow[],
		fingerprints: ReadonlyMap<string, string>,
		last: number | null,
	): void;
	/** Returns the row id up to which a table is read, or null when it is read. */
	positionOf(table: string): number | null;
	/** Replaces the rows from one row id to another, and fingerprints. */
	replace(
		table: string,
		first: number,
		last: number,
		rows: readonly SpooledRow[],
		fingerprints: ReadonlyMap<string, string>,
	): void;
	/** Returns the fingerprints of all rows that were read. */
	fingerprints(): Map<string, string>;
	/** Returns the lines of a table in the order of its row ids. */
	lines(table: string): Generator<string>;
	close(): void;
	remove(): void;
};

/**
 * Opens the spool in `path`; what is in it is kept if it was made for the same `purpose`. Only this user can read the file,
 * since the process's umask is set before.
 */
export function openBackupSpool(path: string, purpose: string): BackupSpool {
	const database = new DatabaseSync(path);
	database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
		CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, value TEXT NOT NULL);
		CREATE TABLE IF NOT EXISTS fingerprints (key TEXT PRIMARY KEY, value TEXT NOT NULL);
		CREATE TABLE IF NOT EXISTS rows (name TEXT NOT NULL, id INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (name, id)) WITHOUT ROWID`);
	const read = database.prepare("SELECT value FROM facts WHERE key = :key");
	const write = database.prepare("INSERT OR REPLACE INTO facts (key, value) VALUES (:key, :value)");
	const insert = database.prepare(
		"INSERT OR REPLACE INTO rows (name, id, line) VALUES (:table, :rowid, :line)",
	);
	const insertFingerprint = database.prepare(
		"INSERT OR REPLACE INTO fingerprints (key, value) VALUES (:key, :value)",
	);
	const remove = database.prepare("DELETE FROM rows WHERE name = :table AND id BETWEEN :first AND :last");
	const get = <T>(key: string): T | null => {
		const row = read.get({ key });
		return row === undefined ? null : (JSON.parse(String(row.value)) as T);
	};
	const set = (key: string, value: unknown) => {
		write.run({ key, value: JSON.stringify(value) });
	};
	if (get("purpose") !== purpose) {
		database.exec("DELETE FROM facts; DELETE FROM fingerprints; DELETE FROM rows");
		set("purpose", purpose);
	}
	const together = (change: () => void) => {
		database.exec("BEGIN");
		change();
		database.exec("COMMIT");
	};
	const add = (table: string, rows: readonly SpooledRow[], fingerprints: ReadonlyMap<string, string>) => {
		for (const { rowid, line } of rows) insert.run({ table, rowid, line });
		for (const [key, value] of fingerprints) insertFingerprint.run({ key, value });
	};
	return {
		addPage: (table, rows, fingerprints, last) =>
			together(() => {
				add(table, rows, fingerprints);
				set(`read ${table}`, { last });
			}),
		positionOf(table) {
			const read = get<{ last: number | null }>(`read ${table}`);
			return read === null ? beginning : read.last;
		},
		replace: (table, first, last, rows, fingerprints) =>
			together(() => {
				remove.run({ table, first, last });
				add(table, rows, fingerprints);
			}),
		fingerprints: () =>
			new Map(
				database
					.prepare("SELECT key, value FROM fingerprints")
					.all()
					.map(({ key, value }) => [String(key), String(value)] as const),
			),
		*lines(table) {
			const select = database.prepare("SELECT line FROM rows WHERE name = :table ORDER BY id");
			for (const { line } of select.iterate({ table })) yield String(line);
		},
		close() {
			if (database.isOpen) database.close();
		},
		remove() {
			database.close();
			for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
		},
	};
}

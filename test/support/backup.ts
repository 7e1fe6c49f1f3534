import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gunzipSync } from "node:zlib";
import type { D1Database } from "@cloudflare/workers-types";
import fc from "fast-check";
import { onTestFinished } from "vitest";
import { makeBackup } from "../../src/backup/backup.ts";
import { readLines } from "../../src/backup/rows.ts";
import { derivedTables, readTables } from "../../src/backup/tables.ts";
import { readMigrations } from "../../src/cli/migrate.ts";
import { sqliteD1 } from "../../src/cli/sqlite-d1.ts";

/** A database in this process, and the same one as a D1. */
export type OpenDatabase = { database: DatabaseSync; d1: D1Database };

/** Opens an empty database without tables. */
export function emptyFile(): OpenDatabase {
	const database = new DatabaseSync(":memory:");
	return { database, d1: sqliteD1(database) };
}

/** Opens a database that is migrated as wrangler would. */
export async function migrated(): Promise<OpenDatabase> {
	const opened = emptyFile();
	opened.database.exec(
		"CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at)",
	);
	for (const { name, sql } of await readMigrations()) {
		opened.database.exec(sql);
		opened.database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").run(name);
	}
	return opened;
}

/** The path of a new file that is removed when the test is over. */
export function newPath(name = "backup.jsonl.gz"): string {
	const folder = mkdtempSync(join(tmpdir(), "edgecat-backup-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return join(folder, name);
}

export const now = Date.parse("2026-11-29T12:00:00Z");

/** Backs a database up. */
export const backUp = (
	d1: D1Database,
	path: string,
	signal = new AbortController().signal,
	bytesPerPage = 4000,
) => makeBackup(d1, { path, target: "test", bytesPerPage, now, progress: () => {}, signal });

/** Reads all rows of all tables as lines of a backup, by table. */
export async function linesOf(d1: D1Database): Promise<Record<string, string[]>> {
	const lines: Record<string, string[]> = {};
	for (const table of await readTables(d1)) {
		const own: string[] = [];
		for await (const line of readLines({ d1, bytesPerPage: 100_000 }, table)) own.push(line);
		lines[table.name] = own;
	}
	return lines;
}

/** Returns the lines that a backup brings back: all but those of the tables that it leaves out. */
export const broughtBack = (lines: Record<string, string[]>): Record<string, string[]> => ({
	...lines,
	...Object.fromEntries(derivedTables.map((table) => [table, []])),
});

/** Pieces of text that careless exports change, as bytes: line ends beside a literal \n, NUL, parts of surrogate pairs. */
const pieces = [
	"a",
	"\\n",
	"\n",
	"\r\n",
	"\0",
	"'",
	'"',
	"\\",
	"猫",
	"😀",
	"\u2028",
	"\ufffd",
	"\ufeff",
	";\n--",
	"?1",
	":x",
]
	.map((text) => Buffer.from(text))
	.concat(["eda080", "edb080", "ff", "c0af", "e78c"].map((hex) => Buffer.from(hex, "hex")));

/** Texts as bytes, some of them very long. */
export const nastyTexts = fc
	.tuple(
		fc.array(fc.constantFrom(...pieces), { maxLength: 12 }),
		fc.constantFrom(...Array.from({ length: 30 }, () => 1), 4000),
	)
	.map(([parts, times]) => Buffer.concat(Array.from({ length: times }, () => Buffer.concat(parts))));

/**
 * Fills every table with rows whose texts are the given ones, as far as CHECKs allow, and without triggers. Integers are
 * distinct, some of them null.
 */
export function fillEveryTable({ database }: OpenDatabase, texts: readonly Uint8Array[], rows = 3): void {
	const triggers = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
	for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
	database.exec("PRAGMA foreign_keys = OFF");
	let next = 0;
	for (const [table, sql] of tablesOf(database)) {
		database.exec(`DELETE FROM ${table}`);
		const columns = database
			.prepare('SELECT name, type, "notnull" AS needed FROM pragma_table_info(?)')
			.all(table);
		const isUnique = uniqueColumns(database, table);
		const count = /CHECK\(id = 1\)|"id" = 1\)|_id" CHECK\(id = 1/.test(sql) ? 1 : rows;
		for (let at = 1; at <= count; at++) {
			const values = columns.map(({ name, type, needed }) => {
				const listed = new RegExp(`\\b${name} IN \\(([^)]*)\\)`).exec(sql)?.[1]?.split(", ");
				if (listed !== undefined) {
					const value = String(listed[at % listed.length]);
					return value.startsWith("'") ? value.slice(1, -1) : Number(value);
				}
				if (name === "kind") return "like".repeat(at);
				if (name === "state") return at % 2 === 0 ? "done" : "other";
				if (name === "tallies") return "{}";
				if (name === "scope") return at;
				if (String(name).endsWith("id") && type === "INTEGER") return at;
				if (type === "REAL") return at + 0.25;
				if (type === "INTEGER") return needed === 0 && at === 1 && count > 1 ? null : 1_700_000_000_000 + at;
				if (needed === 0 && at === 2) return null;
				const text = texts[next++ % texts.length] ?? new Uint8Array();
				return isUnique.has(String(name)) ? Buffer.concat([Buffer.from(`${at} `), text]) : text;
			});
			const marks = values.map((value) => (value instanceof Uint8Array ? "CAST(? AS TEXT)" : "?"));
			database.prepare(`INSERT OR IGNORE INTO ${table} VALUES (${marks.join()})`).run(...values);
		}
	}
	for (const { sql } of triggers) database.exec(String(sql));
}

function tablesOf(database: DatabaseSync): [string, string][] {
	return database
		.prepare(
			"SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name <> 'd1_migrations'",
		)
		.all()
		.map(({ name, sql }) => [String(name), String(sql)]);
}

function uniqueColumns(database: DatabaseSync, table: string): Set<string> {
	const found = database
		.prepare(
			`SELECT info.name AS name FROM pragma_index_list(?) AS list, pragma_index_info(list.name) AS info WHERE list."unique"
			UNION SELECT name FROM pragma_table_info(?) WHERE pk > 0`,
		)
		.all(table, table);
	return new Set(found.map(({ name }) => String(name)));
}

/** The lines of a backup without those of tables that restoring changes on purpose. */
export function rowsOf(path: string): Record<string, string> {
	const settled = [
		"sessions",
		"comment_events",
		"reader_events",
		"outbox",
		"pending_purges",
		"purge_budget",
		"sqlite_sequence",
		"threads",
		"comments",
		"warnings",
	];
	const parts = gunzipSync(readFileSync(path)).toString().split('{"table":"').slice(1);
	return Object.fromEntries(
		parts
			.map((part) => [part.slice(0, part.indexOf('"')), part] as const)
			.filter(([table]) => !settled.includes(table)),
	);
}

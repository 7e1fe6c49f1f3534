import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { BackupError } from "./error.ts";
import type { Header, StoredValue, TableStart } from "./lines.ts";
import { readBackup } from "./read-file.ts";
import { quote, sequenceTable } from "./tables.ts";
import type { Contents } from "./write-file.ts";

/** A migration: its name, as the database records it, and its SQL. */
export type Migration = { name: string; sql: string };

/** A backup in a database, with the tables it was made of, before any newer migration. */
export type Scratch = { header: Header; contents: Contents };

/**
 * Fills an empty database with a backup: makes the tables by the migrations the backup names, and adds the rows while no
 * trigger is there to count them twice. Throws `BackupError` for a file that is not whole or of another line of migrations.
 */
export async function fillScratch(
	database: DatabaseSync,
	path: string,
	migrations: readonly Migration[],
	progress: (rows: number) => void = () => {},
): Promise<Scratch> {
	database.exec("PRAGMA foreign_keys = OFF; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
	let header: Header | null = null;
	let triggers: string[] = [];
	let insert: (values: readonly StoredValue[]) => void = () => {};
	const contents: { table: string; rows: number }[] = [];
	let rows = 0;
	for await (const part of readBackup(path)) {
		if (part.kind === "header") {
			header = part.header;
			migrate(database, firstMigrations(header, migrations, path));
			triggers = dropTriggers(database);
			emptyTables(database);
		} else if (part.kind === "table") {
			insert = inserter(database, part.start, path);
			contents.push({ table: part.start.table, rows: 0 });
		} else if (part.kind === "row") {
			insert(part.values);
			if (++rows % 1000 === 0) progress(rows);
		} else contents.push({ table: contents.pop()?.table ?? "", rows: part.end.rows });
	}
	for (const sql of triggers) database.exec(sql);
	database.exec("COMMIT");
	const [broken] = database.prepare("PRAGMA foreign_key_check").all();
	if (broken !== undefined) {
		throw new BackupError(
			`${path} has a row of ${broken.table} that refers to one of ${broken.parent} it does not have.`,
		);
	}
	if (header === null) throw new BackupError(`${path} is empty.`);
	return { header, contents };
}

/** Applies the migrations that are newer than the backup. */
export function applyNewer(
	database: DatabaseSync,
	{ header }: Scratch,
	migrations: readonly Migration[],
): void {
	database.exec("BEGIN");
	migrate(database, migrations.slice(header.migrations.length));
	database.exec("COMMIT");
}

/** Runs changes while no trigger is there, in one transaction. */
export function withoutTriggers(database: DatabaseSync, change: () => void): void {
	database.exec("BEGIN");
	const triggers = dropTriggers(database);
	change();
	for (const sql of triggers) database.exec(sql);
	database.exec("COMMIT");
}

function firstMigrations(
	header: Header,
	migrations: readonly Migration[],
	path: string,
): readonly Migration[] {
	const wrong = header.migrations.find((name, at) => migrations[at]?.name !== name);
	if (wrong === undefined) return migrations.slice(0, header.migrations.length);
	throw new BackupError(
		`${path} is from another version of edgecat: its database has the migration ${wrong}, which migrations/ does not have in that place. Restore it with that version.`,
	);
}

/** Applies migrations and records them as wrangler does. */
function migrate(database: DatabaseSync, migrations: readonly Migration[]): void {
	database.exec(`CREATE TABLE IF NOT EXISTS d1_migrations (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		name TEXT UNIQUE,
		applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
	)`);
	const record = database.prepare("INSERT INTO d1_migrations (name) VALUES (:name)");
	for (const { name, sql } of migrations) {
		database.exec(sql);
		record.run({ name });
	}
}

function dropTriggers(database: DatabaseSync): string[] {
	const found = database
		.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid")
		.all();
	for (const { name } of found) database.exec(`DROP TRIGGER ${quote(String(name))}`);
	return found.map(({ sql }) => String(sql));
}

/** Deletes the rows that migrations have inserted; the backup has them, as they were. */
function emptyTables(database: DatabaseSync): void {
	const tables = database
		.prepare(
			"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name <> 'd1_migrations'",
		)
		.all();
	for (const { name } of tables) database.exec(`DELETE FROM ${quote(String(name))}`);
	database.exec(emptySequences);
}

const emptySequences = `DELETE FROM ${sequenceTable} WHERE name <> 'd1_migrations'`;

/** Returns a function that inserts rows of a table. Throws if the table has not exactly these columns. */
function inserter(database: DatabaseSync, { table, columns }: TableStart, path: string) {
	const own = database.prepare("SELECT name FROM pragma_table_info(:table) ORDER BY cid").all({ table });
	if (own.map(({ name }) => name).join() !== columns.join()) {
		throw new BackupError(`${path} has a table ${table} with columns that its migrations do not make.`);
	}
	// Filling the tables before it has set some.
	if (table === sequenceTable) database.exec(emptySequences);
	const statements = new Map<string, StatementSync>();
	return (values: readonly StoredValue[]) => {
		// Bytes become text without being decoded. By names, as many values would take seven times as long to bind.
		const marks = values.map((value) => (isBytes(value, "text") ? "CAST(? AS TEXT)" : "?")).join(", ");
		const statement =
			statements.get(marks) ??
			database.prepare(`INSERT INTO ${quote(table)} (${columns.map(quote).join(", ")}) VALUES (${marks})`);
		statements.set(marks, statement);
		statement.run(...values.map(inputValue));
	};
}

function isBytes(value: StoredValue, kind: "text" | "blob"): boolean {
	return typeof value === "object" && value !== null && kind in value;
}

function inputValue(value: StoredValue): SQLInputValue {
	if (typeof value !== "object" || value === null) return value;
	return Buffer.from("text" in value ? value.text : value.blob, "hex");
}

import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import { row, statement } from "../db/statement.ts";

/** A table as the database describes it; types are upper case. */
export type Table = { name: string; columns: readonly { name: string; type: string }[] };

/** The table in which SQLite keeps the highest ids ever given, which are never given again. */
export const sequenceTable = "sqlite_sequence";

/** Whether a table has the blog's data: not those of SQLite, of Cloudflare, or the list of migrations, which the header has. */
const isOwn = (name: string) => !(/^(?:sqlite_|_cf_)/.test(name) || name === "d1_migrations");

/** Returns the SQL condition for the rows of a table that are the blog's: the sequence of the migrations' table is not. */
export function ownRows({ name }: Table): string {
	return name === sequenceTable ? "name <> 'd1_migrations'" : "true";
}

/** The tables that a backup leaves out, since they are made again from others. A restored database has them, empty. */
export const derivedTables: readonly string[] = ["cached_pages", "cached_page_counts"];

/** Reads the tables of a database, by name. The sequences come last: filling other tables changes them. */
export async function readTables(d1: D1Database): Promise<Table[]> {
	const { results: named } = await d1
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
		.all<{ name: string }>();
	const data = named.map(({ name }) => name).filter(isOwn);
	const names = [...data, sequenceTable];
	const found = await columnsOf.all(d1, { tables: JSON.stringify(names) });
	return names.map((name) => ({
		name,
		columns: found.filter(({ table }) => table === name).map(({ column, type }) => ({ name: column, type })),
	}));
}

const columnsOf = statement<{ tables: string }, { table: string; column: string; type: string }>(
	`SELECT list.value AS "table", info.name AS "column", upper(info.type) AS type
	FROM json_each(:tables) AS list, pragma_table_info(list.value) AS info ORDER BY list.key, info.cid`,
	row({ table: v.string(), column: v.string(), type: v.string() }),
);

/** Reads the names of the migrations that were applied, in order. */
export async function readMigrationNames(d1: D1Database): Promise<string[]> {
	const { results } = await d1.prepare("SELECT name FROM d1_migrations ORDER BY id").all<{ name: string }>();
	return results.map(({ name }) => name);
}

/** Quotes a name for SQL. */
export function quote(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

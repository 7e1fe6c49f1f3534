import { readdir, readFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { migrationsDir } from "./migrate.ts";

/** Returns the tables, indexes and triggers as they are after all migrations, as the text of `src/db/schema.sql`. */
export async function schemaSql(): Promise<string> {
	const names = (await readdir(migrationsDir)).filter((name) => name.endsWith(".sql")).sort();
	const database = new DatabaseSync(":memory:");
	for (const name of names) database.exec(await readFile(new URL(name, migrationsDir), "utf8"));
	const statements = database.prepare(inOrder).all();
	database.close();
	return `${[header, ...statements.map(({ sql }) => `${sql};\n`)].join("\n")}`;
}

const header = "-- The database after all of migrations/, written by `npm run migration`. Do not edit.\n";

/** Each table with its indexes and triggers; those SQLite makes itself have no text. */
const inOrder = `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*'
	ORDER BY tbl_name, CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name`;

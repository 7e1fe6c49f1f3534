import { DatabaseSync } from "node:sqlite";
import { readSchema } from "../migrate.ts";

/** Opens an empty, migrated database in this process, for tests of what only needs its tables and triggers. */
export async function emptyDatabase(): Promise<DatabaseSync> {
	const sqlite = new DatabaseSync(":memory:");
	for (const statement of (await readSchema()).split("\n")) if (statement !== "") sqlite.exec(statement);
	return sqlite;
}

/** Reads every row of every table, as text to compare. */
export function dump(sqlite: DatabaseSync): string {
	const tables = sqlite
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
		.all() as { name: string }[];
	const rowsOf = (name: string) =>
		sqlite
			.prepare(`SELECT * FROM "${name}"`)
			.all()
			.map((row) => JSON.stringify(row));
	return tables.map(({ name }) => [name, ...rowsOf(name)].join("\n")).join("\n");
}

import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import type { D1Database } from "@cloudflare/workers-types";
import { readSchema } from "../migrate.ts";

type Bound = { sql: string; values: SQLInputValue[] };

/** An empty, migrated D1 in this process, for tests of what only needs its tables and triggers. */
export async function sqliteD1(): Promise<{ d1: D1Database; sqlite: DatabaseSync }> {
	const sqlite = new DatabaseSync(":memory:");
	for (const statement of (await readSchema()).split("\n")) if (statement !== "") sqlite.exec(statement);
	const run = ({ sql, values }: Bound) => {
		const results = sqlite.prepare(sql).all(...values);
		return { results, success: true, meta: { changes: 0 } };
	};
	const queries = new WeakMap<object, Bound>();
	const prepare = (query: Bound): object => {
		const statement = {
			bind: (...values: SQLInputValue[]) => prepare({ ...query, values }),
			all: async () => run(query),
			run: async () => run(query),
			first: async () => run(query).results[0] ?? null,
			raw: async () => run(query).results.map((row) => Object.values(row)),
		};
		queries.set(statement, query);
		return statement;
	};
	const d1 = {
		prepare: (sql: string) => prepare({ sql, values: [] }),
		async batch(statements: readonly object[]) {
			sqlite.exec("BEGIN");
			try {
				const results = statements.map((each) => run(queries.get(each) ?? { sql: "", values: [] }));
				sqlite.exec("COMMIT");
				return results;
			} catch (error) {
				sqlite.exec("ROLLBACK");
				throw error;
			}
		},
	};
	return { d1: d1 as unknown as D1Database, sqlite };
}

/** Reads every row of every table but `d1_migrations`, as text to compare. */
export function dump(sqlite: DatabaseSync): string {
	const tables = sqlite
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
		.all() as { name: string }[];
	return tables
		.map(
			({ name }) =>
				`${name}\n${sqlite
					.prepare(`SELECT * FROM "${name}"`)
					.all()
					.map((row) => JSON.stringify(row))
					.join("\n")}`,
		)
		.join("\n");
}

import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { D1Database } from "@cloudflare/workers-types";

type Query = { sql: string; values: readonly SQLInputValue[] };

/**
 * Accesses an SQLite database as a D1, for commands on the local database: wrangler takes seconds for each of theirs.
 * Implements what Drizzle and `db/statement.ts` need: prepare, bind, all, first, run, raw and batch. A batch is a transaction,
 * unless the caller has one open for all.
 */
export function sqliteD1(database: DatabaseSync, { inTransaction = false } = {}): D1Database {
	const prepared = new Map<string, StatementSync>();
	const run = ({ sql, values }: Query) => {
		const statement = prepared.get(sql) ?? database.prepare(sql);
		prepared.set(sql, statement);
		return { results: statement.all(...values), success: true, meta: {} };
	};
	const queries = new WeakMap<object, Query>();
	const prepare = (query: Query): object => {
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
			const runAll = () =>
				statements.flatMap((each) => {
					const query = queries.get(each);
					return query === undefined ? [] : [run(query)];
				});
			if (inTransaction) return runAll();
			database.exec("BEGIN IMMEDIATE");
			try {
				const results = runAll();
				database.exec("COMMIT");
				return results;
			} catch (error) {
				database.exec("ROLLBACK");
				throw error;
			}
		},
	};
	// Sessions and dumps are never called, so they are not implemented.
	return d1 as unknown as D1Database;
}

import type { D1Database, D1PreparedStatement, D1Result } from "@cloudflare/workers-types";

/** A D1 that counts the rows read through it, as D1 bills them, and its round trips. */
export type CountingDatabase = { db: D1Database; rows: number; trips: number };

/** Wraps a D1 in one that counts. */
export function countReads(d1: D1Database): CountingDatabase {
	const counted: CountingDatabase = { db: d1, rows: 0, trips: 0 };
	const count = <R extends D1Result>(result: R): R => {
		counted.rows += result.meta.rows_read;
		return result;
	};
	const originals = new WeakMap<object, D1PreparedStatement>();
	const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
		const wrapped = {
			bind: (...values: unknown[]) => wrap(statement.bind(...values)),
			all: async () => {
				counted.trips++;
				return count(await statement.all());
			},
			first: async () => {
				counted.trips++;
				return count(await statement.all()).results[0] ?? null;
			},
			run: async () => {
				counted.trips++;
				return count(await statement.run());
			},
			raw: async () => {
				counted.trips++;
				const { results } = count(await statement.all<Record<string, unknown>>());
				return results.map((row) => Object.values(row));
			},
		} as unknown as D1PreparedStatement;
		originals.set(wrapped, statement);
		return wrapped;
	};
	counted.db = {
		prepare: (query: string) => wrap(d1.prepare(query)),
		batch: async (statements: D1PreparedStatement[]) => {
			counted.trips++;
			const results = await d1.batch(statements.map((statement) => originals.get(statement) ?? statement));
			return results.map(count);
		},
	} as unknown as D1Database;
	return counted;
}

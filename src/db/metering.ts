import type { D1Database, D1DatabaseSession, D1PreparedStatement, D1Result } from "@cloudflare/workers-types";

/** One statement's use of the database. */
export type StatementUse = {
	rowsRead: number;
	rowsWritten: number;
	/** Bytes of the database after the statement; null where D1 does not tell. */
	size: number | null;
};

/**
 * Wraps a D1 so that `note` receives the use of each statement that succeeds. D1 does not tell what a statement used whose
 * rows come as arrays, as those of Drizzle's selections do; the rows it returned count as read.
 */
export function meteredDatabase(d1: D1Database, note: (use: StatementUse) => void): D1Database {
	const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
	const noted = <R extends D1Result>(result: R): R => {
		const { rows_read: rowsRead, rows_written: rowsWritten, size_after: size } = result.meta;
		note({ rowsRead: rowsRead ?? 0, rowsWritten: rowsWritten ?? 0, size: size ?? null });
		return result;
	};

	const metered = (statement: D1PreparedStatement): D1PreparedStatement => {
		const all = async () => noted((await statement.all()) as D1Result<Record<string, unknown>>);
		const wrapped = {
			bind: (...values: unknown[]) => metered(statement.bind(...values)),
			all,
			run: async () => noted(await statement.run()),
			async first(column?: string) {
				const [row] = (await all()).results;
				return row === undefined ? null : column === undefined ? row : (row[column] ?? null);
			},
			async raw() {
				const rows = await statement.raw();
				note({ rowsRead: rows.length, rowsWritten: 0, size: null });
				return rows;
			},
		} as unknown as D1PreparedStatement;
		originals.set(wrapped, statement);
		return wrapped;
	};

	const batchOf =
		(batch: D1Database["batch"]) =>
		async <T>(statements: D1PreparedStatement[]) =>
			(await batch<T>(statements.map((statement) => originals.get(statement) ?? statement))).map(noted);

	const meteredSession = (session: D1DatabaseSession) =>
		({
			prepare: (query) => metered(session.prepare(query)),
			batch: batchOf((statements) => session.batch(statements)),
			getBookmark: () => session.getBookmark(),
		}) satisfies D1DatabaseSession;

	return {
		prepare: (query) => metered(d1.prepare(query)),
		batch: batchOf((statements) => d1.batch(statements)),
		exec: (query) => d1.exec(query),
		dump: () => d1.dump(),
		withSession: (start) => meteredSession(d1.withSession(start)),
	};
}

import type { D1Database, D1DatabaseSession, D1PreparedStatement, D1Result } from "@cloudflare/workers-types";

/** A statement that ran, with the rows D1 bills for it. */
export type UsedStatement = { sql: string; rowsRead: number; rowsWritten: number };

/** Statements and subrequests since recording began. */
export type Usage = { statements: UsedStatement[]; subrequests: number };

/** Records the statements that run through a D1, and the requests to other hosts. */
export type Recorder = {
	/** Wraps a D1, which records while recording is on. */
	wrap(d1: D1Database): D1Database;
	countRequest(): void;
	/** Returns what was used since the last call and turns recording on. */
	take(): Usage;
};

/** Creates a recorder. */
export function createRecorder(): Recorder {
	let usage: Usage | null = null;
	const originals = new WeakMap<object, { sql: string; statement: D1PreparedStatement }>();
	const note = <R extends D1Result>(sql: string, result: R): R => {
		const { rows_read: rowsRead, rows_written: rowsWritten } = result.meta;
		usage?.statements.push({ sql, rowsRead, rowsWritten });
		return result;
	};

	const wrapStatement = (sql: string, statement: D1PreparedStatement): D1PreparedStatement => {
		const all = async () => note(sql, await statement.all<Record<string, unknown>>());
		const wrapped = {
			bind: (...values: unknown[]) => wrapStatement(sql, statement.bind(...values)),
			all,
			run: async () => note(sql, await statement.run()),
			async first(column?: string) {
				const [row] = (await all()).results;
				return row === undefined ? null : column === undefined ? row : row[column];
			},
			async raw() {
				if (usage === null) return statement.raw();
				const { results } = await all();
				// As arrays D1 returns rows without their costs, as objects without a second column of the same name.
				return /^\s*(select|with)\b/i.test(sql) ? statement.raw() : results.map((row) => Object.values(row));
			},
		} as unknown as D1PreparedStatement;
		originals.set(wrapped, { sql, statement });
		return wrapped;
	};

	const wrapBatch = (batch: D1Database["batch"]) => async (statements: D1PreparedStatement[]) => {
		const known = statements.map((statement) => originals.get(statement) ?? { sql: "?", statement });
		const results = await batch(known.map(({ statement }) => statement));
		return results.map((result, at) => note(known[at]?.sql ?? "", result));
	};

	const wrapSession = (session: D1DatabaseSession) => ({
		prepare: (sql: string) => wrapStatement(sql, session.prepare(sql)),
		batch: wrapBatch((statements) => session.batch(statements)),
		getBookmark: () => session.getBookmark(),
	});

	return {
		wrap: (d1) =>
			({
				prepare: (sql: string) => wrapStatement(sql, d1.prepare(sql)),
				batch: wrapBatch((statements) => d1.batch(statements)),
				exec: (sql: string) => d1.exec(sql),
				withSession: (start?: string) => wrapSession(d1.withSession(start)),
			}) as unknown as D1Database,
		countRequest() {
			if (usage !== null) usage.subrequests += 1;
		},
		take() {
			const taken = usage ?? { statements: [], subrequests: 0 };
			usage = { statements: [], subrequests: 0 };
			return taken;
		},
	};
}

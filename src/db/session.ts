import type { D1Database, D1PreparedStatement, D1Result } from "@cloudflare/workers-types";
import type { Consistency } from "../caching/consistency.ts";

/** A database used through one D1 session. */
export type DatabaseSession = {
	db: D1Database;
	/** Returns the session's bookmark; null before its first query. */
	bookmark(): string | null;
	/** Returns how many statements were prepared. */
	statementCount(): number;
	/** Whether a statement has changed a row. */
	hasChanged(): boolean;
};

/** Returns a database without a session, in which nothing is noted. */
export const outsideSession = (db: D1Database): DatabaseSession => ({
	db,
	bookmark: () => null,
	statementCount: () => 0,
	hasChanged: () => true,
});

/**
 * Opens a D1 session at the copy of the database that `consistency` asks for. Each query sees at least what the one before
 * it saw, from any replica; writes go to the primary. Without a session every query goes to the primary.
 */
export function openSession(d1: D1Database, consistency: Consistency): DatabaseSession {
	const session = d1.withSession(
		typeof consistency === "object"
			? consistency.bookmark
			: consistency === "primary"
				? "first-primary"
				: "first-unconstrained",
	);
	let count = 0;
	let changed = false;
	const note = <R extends D1Result>(result: R): R => {
		changed ||= result.meta.changes > 0;
		return result;
	};
	/** The statements of D1 behind those that note changes; a batch takes only its own. */
	const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>();

	/** Wraps a statement that may write. D1 says how many rows it changed, except for rows it returns as arrays. */
	const noting = (statement: D1PreparedStatement): D1PreparedStatement => {
		const noted = {
			bind: (...values: unknown[]) => noting(statement.bind(...values)),
			first: async (column?: string) => {
				const found = await (column === undefined ? statement.first() : statement.first(column));
				changed ||= found !== null;
				return found;
			},
			run: async () => note(await statement.run()),
			all: async () => note(await statement.all()),
			raw: async () => {
				const rows = await statement.raw();
				changed ||= rows.length > 0;
				return rows;
			},
		} as unknown as D1PreparedStatement;
		originals.set(noted, statement);
		return noted;
	};

	return {
		db: {
			prepare: (query) => {
				count += 1;
				const statement = session.prepare(query);
				return isSelect.test(query) ? statement : noting(statement);
			},
			batch: async <T>(statements: D1PreparedStatement[]) =>
				(await session.batch<T>(statements.map((statement) => originals.get(statement) ?? statement))).map(
					note,
				),
			// D1 sessions have no other methods; these go to the database.
			exec: (query) => d1.exec(query),
			dump: () => d1.dump(),
			withSession: (start) => d1.withSession(start),
		},
		bookmark: () => session.getBookmark(),
		statementCount: () => count,
		hasChanged: () => changed,
	};
}

/** Matches statements that only read. */
const isSelect = /^\s*select\b/i;

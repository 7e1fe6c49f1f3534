import type { D1Database } from "@cloudflare/workers-types";
import type { Reading } from "../freshness/reading.ts";

/** A database read and written in one D1 session, and where that has come to (null before its first query). */
export type Bookmarked = { db: D1Database; bookmark(): string | null };

/**
 * Begins a session at the copy of the database that `reading` asks for. Each query sees at least what the one before it
 * saw, from whichever copy; writes go to the primary. Without a session every query goes to the primary.
 */
export function sessionAt(d1: D1Database, reading: Reading): Bookmarked {
	const session = d1.withSession(
		typeof reading === "object"
			? reading.bookmark
			: reading === "primary"
				? "first-primary"
				: "first-unconstrained",
	);
	return {
		db: {
			prepare: (query) => session.prepare(query),
			batch: (statements) => session.batch(statements),
			// What a session does not have is the database's own.
			exec: (query) => d1.exec(query),
			dump: () => d1.dump(),
			withSession: (start) => d1.withSession(start),
		},
		bookmark: () => session.getBookmark(),
	};
}

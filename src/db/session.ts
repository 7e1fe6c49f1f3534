import type { D1Database } from "@cloudflare/workers-types";
import type { Consistency } from "../caching/consistency.ts";

/** A database used through one D1 session, and the session's bookmark (null before its first query). */
export type DatabaseSession = { db: D1Database; bookmark(): string | null };

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
	return {
		db: {
			prepare: (query) => session.prepare(query),
			batch: (statements) => session.batch(statements),
			// D1 sessions have no other methods; these go to the database.
			exec: (query) => d1.exec(query),
			dump: () => d1.dump(),
			withSession: (start) => d1.withSession(start),
		},
		bookmark: () => session.getBookmark(),
	};
}

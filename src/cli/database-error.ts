/** An error of wrangler, or of SQLite through it. */
export class D1Error extends Error {
	override readonly name = "D1Error";
}

/**
 * Returns the message of the database in an error, or null if no database failed. Drizzle wraps it in an error that quotes
 * the whole statement.
 */
export function databaseReason(error: unknown): string | null {
	for (let at = error; at instanceof Error; at = at.cause) {
		if (at instanceof D1Error || ("code" in at && at.code === "ERR_SQLITE_ERROR")) return at.message;
	}
	return null;
}

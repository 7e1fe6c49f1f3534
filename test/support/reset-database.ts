import type { D1Database } from "@cloudflare/workers-types";

/** Drops every table and view, then creates those of `schema`, a statement per line. SQLite's own and D1's stay. */
export async function resetDatabase(db: D1Database, schema: string): Promise<void> {
	const { results } = await db
		.prepare(
			"SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_*' ORDER BY type DESC",
		)
		.all<{ type: string; name: string }>();
	const drops = results.map(({ type, name }) => db.prepare(`DROP ${type} "${name}"`));
	if (drops.length > 0) await db.batch([db.prepare("PRAGMA defer_foreign_keys = on"), ...drops]);
	if (schema !== "") await db.exec(schema);
}

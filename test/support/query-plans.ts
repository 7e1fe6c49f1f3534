import type { D1Database } from "@cloudflare/workers-types";

/** Tables with one row, or as many as there are members, their devices and days of a week. */
const smallTables = new Set([
	...[
		"purge_budget",
		"classifier",
		"settings",
		"pauses",
		"members",
		"passkeys",
		"sessions",
		"network_keys",
		"rechecks",
	],
	// Mails of the development server only.
	"local_mails",
]);

/** Returns each scan of a stored table in SQLite's plan of a statement, such as `SCAN comments USING INDEX comments_recent`. */
export async function scansOf(d1: D1Database, sql: string, tables: ReadonlySet<string>): Promise<string[]> {
	const bare = sql.replace(/'(?:[^']|'')*'/g, "''");
	const numbered = [...bare.matchAll(/\?(\d+)/g)].map(([, number]) => Number(number));
	const count = Math.max(0, ...numbered) + (bare.match(/\?(?!\d)/g) ?? []).length;
	const { results } = await d1
		.prepare(`EXPLAIN QUERY PLAN ${sql}`)
		.bind(...Array(count).fill(null))
		.all<{ detail: string }>();
	return results
		.map(({ detail }) => detail)
		.filter((detail) => {
			const table = /^SCAN (\w+)/.exec(detail)?.[1] ?? "";
			return tables.has(aliases[table] ?? table) && !smallTables.has(table);
		});
}

/** Names that statements give to stored tables. */
const aliases: Record<string, string> = {
	o: "outbox",
	c: "comments",
	e: "comment_events",
	s: "subscriptions",
};

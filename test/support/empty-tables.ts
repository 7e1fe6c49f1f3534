import type { D1Database } from "@cloudflare/workers-types";

/**
 * Deletes all rows of tables between two tests. Comments, which a trigger keeps from being deleted, are deleted without it;
 * references may lead nowhere until all tables are empty. Their tombstones, which would refuse the next ones, are deleted too.
 */
export async function emptyTables(db: D1Database, ...tables: readonly string[]): Promise<void> {
	const guard = tables.includes("comments") ? await triggerText(db, "comments_refuse_delete") : null;
	await db.batch(
		[
			"PRAGMA defer_foreign_keys = ON",
			...(guard === null ? [] : ["DROP TRIGGER comments_refuse_delete"]),
			...tables.map((table) => `DELETE FROM ${table}`),
			...(guard === null ? [] : ["DELETE FROM tombstones"]),
			...(guard === null ? [] : [guard]),
		].map((statement) => db.prepare(statement)),
	);
}

async function triggerText(db: D1Database, name: string): Promise<string | null> {
	return db.prepare("SELECT sql FROM sqlite_schema WHERE name = ?").bind(name).first<string>("sql");
}

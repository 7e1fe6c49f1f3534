import type { D1Database } from "@cloudflare/workers-types";

/**
 * Replaces every table but `spared` with one whose rows all raise errors, as in a damaged database. Returns a function that
 * restores them.
 */
export async function breakTables(
	db: D1Database,
	spared: readonly string[] = [],
): Promise<() => Promise<void>> {
	const { results } = await db
		.prepare(
			"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'd1_%'",
		)
		.all<{ name: string }>();
	const broken = results.map(({ name }) => name).filter((name) => !spared.includes(name));
	for (const table of broken) await breakTable(db, table);
	return async () => {
		for (const table of broken) {
			await db.exec(`DROP VIEW ${table}`);
			await db.exec(`ALTER TABLE whole_${table} RENAME TO ${table}`);
		}
	};
}

/** Does the same to one table. */
export async function breakTable(db: D1Database, table: string): Promise<void> {
	const { results } = await db
		.prepare("SELECT name FROM pragma_table_info(?)")
		.bind(table)
		.all<{ name: string }>();
	const columns = results.map(({ name }) => `json('{') AS ${name}`).join(", ");
	await db.exec(`ALTER TABLE ${table} RENAME TO whole_${table}`);
	await db.exec(`CREATE VIEW ${table} AS SELECT ${columns} UNION ALL SELECT ${columns}`);
}

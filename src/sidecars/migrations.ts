import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import { row, statement } from "../db/statement.ts";

type Migration = { name: string; sql: string };

/** The table in which wrangler records migrations. */
const createTable = `CREATE TABLE IF NOT EXISTS d1_migrations (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT UNIQUE,
	applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

const selectNames = statement("SELECT name FROM d1_migrations ORDER BY id", row({ name: v.string() }));

const insertName = statement<{ name: string }>("INSERT INTO d1_migrations (name) VALUES (:name)");

/**
 * Applies pending migrations to the database, all or none, and returns their names. Throws if the database has a migration
 * that is not among these, as another version's has.
 */
export async function applyMigrations(db: D1Database, migrations: readonly Migration[]): Promise<string[]> {
	await db.prepare(createTable).run();
	const applied = (await selectNames.all(db, {})).map(({ name }) => name);
	const foreign = applied.find((name) => !migrations.some((migration) => migration.name === name));
	if (foreign !== undefined) {
		throw new Error(
			`Another version of edgecat made this database: it has the migration ${foreign}, which this folder does not.`,
		);
	}
	const pending = migrations.filter(({ name }) => !applied.includes(name));
	if (pending.length > 0) {
		await db.batch(pending.flatMap(({ name, sql }) => [db.prepare(sql), insertName.bind(db, { name })]));
	}
	return pending.map(({ name }) => name);
}

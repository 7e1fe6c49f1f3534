import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { D1Error } from "./database-error.ts";
import { localDatabaseFile } from "./local-database.ts";
import { databaseFolder } from "./store.ts";
import type { RunWrangler } from "./wrangler.ts";
import { wranglerD1 } from "./wrangler-d1.ts";

/** The folder of the migrations, which are applied in the order of their names. */
export const migrationsDir = new URL("../../migrations/", import.meta.url);

/** The table in which wrangler records migrations. */
const createTable = `CREATE TABLE IF NOT EXISTS d1_migrations (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT UNIQUE,
	applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/**
 * Applies pending migrations to the local D1, all or none, creating it if there is none. Returns null, or a sentence if it
 * failed. It records them as `wrangler d1 migrations apply` does, which takes seconds to find that nothing is pending.
 */
export async function migrateLocally(persistTo: string): Promise<string | null> {
	const files = await migrationFiles();
	await mkdir(join(persistTo, databaseFolder, "miniflare-D1DatabaseObject"), {
		recursive: true,
		mode: 0o700,
	});
	const database = new DatabaseSync(await localDatabaseFile(persistTo));
	try {
		database.exec(`PRAGMA journal_mode = WAL; ${createTable}`);
		const applied = database.prepare("SELECT name FROM d1_migrations ORDER BY id").all();
		const names = applied.map(({ name }) => String(name));
		const foreign = foreignName(names, files);
		if (foreign !== null) {
			return `${describeForeign(foreign)} Delete ${persistTo}/${databaseFolder}, its comments included, then run npm start again.`;
		}
		const pending = files.filter((name) => !names.includes(name));
		if (pending.length === 0) return null;
		database.exec("BEGIN IMMEDIATE");
		for (const name of pending) {
			database.exec(await readFile(new URL(name, migrationsDir), "utf8"));
			database.prepare("INSERT INTO d1_migrations (name) VALUES (:name)").run({ name });
		}
		database.exec("COMMIT");
		return null;
	} catch (error) {
		return `SQLite reports: ${error instanceof Error ? error.message : error}`;
	} finally {
		// Rolls back what was not committed.
		database.close();
	}
}

/** Returns a sentence on a database that was made by another line of migrations than this one, or null. */
export async function foreignMigration(target: readonly string[], run: RunWrangler): Promise<string | null> {
	const { results } = await wranglerD1(target, run)
		.prepare("SELECT name FROM d1_migrations ORDER BY id")
		.all<{ name: string }>()
		.catch((error: unknown) => {
			if (error instanceof D1Error) return { results: [] };
			throw error;
		});
	const foreign = foreignName(
		results.map(({ name }) => name),
		await migrationFiles(),
	);
	return foreign === null ? null : describeForeign(foreign);
}

/** Reads all migrations, in the order they are applied. */
export async function readMigrations(): Promise<{ name: string; sql: string }[]> {
	const read = async (name: string) => ({ name, sql: await readFile(new URL(name, migrationsDir), "utf8") });
	return Promise.all((await migrationFiles()).map(read));
}

const migrationFiles = async () =>
	(await readdir(migrationsDir)).filter((name) => name.endsWith(".sql")).sort();

const foreignName = (applied: readonly string[], known: readonly string[]) =>
	applied.find((name) => !known.includes(name)) ?? null;

const describeForeign = (name: string) =>
	`Another version of edgecat made this database: it has the migration ${name}, which migrations/ does not.`;

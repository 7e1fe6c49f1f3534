/**
 * The Worker that migrates the database before the blog is served. `start` runs it by `workerd test`, which calls the handler
 * `test` and ends with an exit code.
 */
import type { D1Database } from "@cloudflare/workers-types";
import { applyMigrations } from "./migrations.ts";

/** The database, the names of the migrations in order, and the SQL of each under its name. */
type Env = { DB: D1Database; MIGRATIONS: readonly string[] } & Record<string, unknown>;

export default {
	async test(_controller: unknown, env: Env): Promise<void> {
		const migrations = env.MIGRATIONS.map((name) => ({ name, sql: String(env[name]) }));
		const applied = await applyMigrations(env.DB, migrations);
		if (applied.length > 0) console.log(`Migrated: ${applied.join(", ")}`);
	},
};

import { readdir } from "node:fs/promises";
import { type RunWrangler, runWrangler } from "./wrangler.ts";
import { D1Error, wranglerD1 } from "./wrangler-d1.ts";

/** The folder of the migrations, which wrangler applies in the order of their names. */
export const migrationsDir = new URL("../../migrations/", import.meta.url);

/**
 * Applies pending migrations to the local D1, creating it if there is none. Returns null, or wrangler's output if it failed.
 * wrangler decides what is pending: it alone knows which of the files under `persistTo` is this database.
 */
export async function migrateLocally(
	persistTo: string,
	signal: AbortSignal,
	run: RunWrangler = runWrangler,
): Promise<string | null> {
	const target = ["--local", "--persist-to", persistTo, "--env="];
	const ran = await run(["d1", "migrations", "apply", "DB", ...target], { signal });
	if (ran.ok) return null;
	const texts = [ran.stdout, ran.stderr];
	const foreign = signal.aborted ? null : await foreignMigration(target, run);
	if (foreign !== null) {
		texts.push(`${foreign} Delete ${persistTo}/v3/d1, its comments included, then run npm start again.`);
	}
	return texts.filter((text) => text !== "").join("\n");
}

/** Returns a sentence on a database that was made by another line of migrations than this one, or null. */
export async function foreignMigration(target: readonly string[], run: RunWrangler): Promise<string | null> {
	const known = new Set(await readdir(migrationsDir));
	const { results } = await wranglerD1(target, run)
		.prepare("SELECT name FROM d1_migrations ORDER BY id")
		.all<{ name: string }>()
		.catch((error: unknown) => {
			if (error instanceof D1Error) return { results: [] };
			throw error;
		});
	const foreign = results.find(({ name }) => !known.has(name));
	return foreign === undefined
		? null
		: `Another version of edgecat made this database: it has the migration ${foreign.name}, which migrations/ does not.`;
}

import { type RunWrangler, runWrangler } from "./wrangler.ts";

/**
 * Brings the local D1 up to date, making it when there is none. Returns null, or what wrangler said when it failed.
 * wrangler decides what is pending: it alone knows which of the files under `persistTo` is this database.
 */
export async function migrateLocally(
	persistTo: string,
	signal: AbortSignal,
	run: RunWrangler = runWrangler,
): Promise<string | null> {
	const ran = await run(["d1", "migrations", "apply", "DB", "--local", "--persist-to", persistTo, "--env="], {
		signal,
	});
	return ran.ok ? null : [ran.stdout, ran.stderr].filter((text) => text !== "").join("\n");
}

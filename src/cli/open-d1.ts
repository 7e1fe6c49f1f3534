import type { D1Database } from "@cloudflare/workers-types";
import { openLocalDatabase } from "./local-database.ts";

/** A database that a command reads and changes. */
export type OpenD1 = { d1: D1Database; close(): void };

/**
 * Opens the local database's file, which takes a second less a statement than wrangler, or a deployment's database through
 * wrangler. Null if there is no local one.
 */
export async function openD1(
	{ remote, env }: { remote: boolean; env: string },
	persistTo: string,
): Promise<OpenD1 | null> {
	if (remote) {
		const { wranglerD1 } = await import("./wrangler-d1.ts");
		return { d1: wranglerD1(["--remote", `--env=${env}`]), close: () => {} };
	}
	const database = await openLocalDatabase(persistTo);
	if (database === null) return null;
	const { sqliteD1 } = await import("./sqlite-d1.ts");
	return { d1: sqliteD1(database), close: () => database.close() };
}

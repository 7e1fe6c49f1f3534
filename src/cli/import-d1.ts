import { existsSync } from "node:fs";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { ImportError } from "../import/error.ts";
import { openLocalD1 } from "./local-d1.ts";
import { databaseFolder } from "./store.ts";
import { wranglerD1 } from "./wrangler-d1.ts";

/** The database of an import, and how much of it fits a batch. */
export type ImportD1 = {
	d1: D1Database;
	rowsPerStatement: number;
	batch: { characters: number; comments: number };
	close(): Promise<void>;
};

/**
 * Opens the database an import writes to. Null for a plan on a machine without one. Throws `ImportError` if there is none to
 * write to.
 */
export async function openImportD1(
	{ remote, env, apply }: { remote: boolean; env: string; apply: boolean },
	persistTo: string,
): Promise<ImportD1 | null> {
	if (remote) {
		const d1 = wranglerD1(["--remote", `--env=${env}`]);
		// A command line takes 128 kB, and text is written in hexadecimal.
		return { d1, rowsPerStatement: 20, batch: { characters: 40_000, comments: 100 }, close: async () => {} };
	}
	if (!existsSync(join(persistTo, databaseFolder))) {
		if (!apply) return null;
		throw new ImportError(
			`There is no database in ${persistTo} yet; run npm start once, with the same PERSIST_TO, then import again.`,
		);
	}
	const { d1, close } = await openLocalD1(persistTo);
	return { d1, rowsPerStatement: 500, batch: { characters: 800_000, comments: 1000 }, close };
}

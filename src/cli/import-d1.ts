import type { D1Database } from "@cloudflare/workers-types";
import { ImportError } from "../import/error.ts";
import { openLocalDatabase } from "./local-database.ts";
import { sqliteD1 } from "./sqlite-d1.ts";
import { maxStatementLength, wranglerFileD1 } from "./wrangler-file-d1.ts";

/** The database of an import, and how much of it fits a batch. */
export type ImportD1 = {
	d1: D1Database;
	bytesPerStatement: number;
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
		const batch = { characters: 2_000_000, comments: 2000 };
		const d1 = wranglerFileD1(["--remote", `--env=${env}`]);
		return { d1, bytesPerStatement: maxStatementLength * 0.9, batch, close: async () => {} };
	}
	const database = await openLocalDatabase(persistTo);
	if (database === null) {
		if (!apply) return null;
		throw new ImportError(
			`There is no database in ${persistTo} yet; run npm start once${samePersistTo()}, then import again.`,
		);
	}
	database.exec("PRAGMA synchronous = NORMAL");
	const batch = { characters: 800_000, comments: 1000 };
	return { d1: sqliteD1(database), bytesPerStatement: 1_000_000, batch, close: async () => database.close() };
}

/** Returns what else to mind when npm start is to make the database: a folder that was named must be named again. */
export function samePersistTo(): string {
	return process.env.PERSIST_TO ? ", with the same PERSIST_TO" : "";
}

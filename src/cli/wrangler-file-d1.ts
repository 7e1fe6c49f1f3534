import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import { D1Error } from "./database-error.ts";
import { fileLiteral, inlineValues } from "./sql.ts";
import { type RunWrangler, runWrangler } from "./wrangler.ts";
import { wranglerD1 } from "./wrangler-d1.ts";

/** Bytes of a statement that D1 takes. */
export const maxStatementLength = 100_000;

/**
 * Accesses a deployment's D1 as `wranglerD1` does, except for batches: those are uploaded as a file, which takes more than a
 * command line. D1 runs a file as a whole or not at all.
 */
export function wranglerFileD1(where: readonly string[], run: RunWrangler = runWrangler): D1Database {
	const reader = wranglerD1(where, run);
	const texts = new WeakMap<object, () => string>();
	const prepare = (statement: string, values: readonly unknown[] = []): D1PreparedStatement => {
		const prepared = {
			...reader.prepare(statement).bind(...values),
			bind: (...bound: unknown[]) => prepare(statement, bound),
		};
		texts.set(prepared, () => inlineValues(statement, values, fileLiteral));
		return prepared as D1PreparedStatement;
	};
	const batch = async (statements: readonly object[]) => {
		const folder = await mkdtemp(join(tmpdir(), "edgecat-batch-"));
		try {
			const file = join(folder, "batch.sql");
			const lines = statements.map((statement) => texts.get(statement)?.() ?? "");
			await writeFile(file, `${lines.join(";\n")};\n`, { mode: 0o600 });
			const ran = await run(["d1", "execute", "DB", ...where, "--json", "--yes", "--file", file]);
			if (ran.ok) return [];
			throw new D1Error(`${ran.stdout}\n${ran.stderr}`.trim() || "wrangler d1 execute failed.");
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	};
	return { prepare, batch } as unknown as D1Database;
}

import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import { D1Error } from "./database-error.ts";
import { inlineValues } from "./sql.ts";
import { type RunWrangler, runWrangler } from "./wrangler.ts";

const results = v.array(v.object({ results: v.array(v.record(v.string(), v.unknown())) }));
const failure = v.object({ error: v.object({ text: v.string() }) });

type Statement = { bind(...values: unknown[]): Statement; sql(): string };

/**
 * Accesses D1 through `wrangler d1 execute`, which works for a deployment's database too.
 * Implements what Drizzle needs: prepare, bind, all, first, run, raw and batch; column names of a statement must be
 * distinct. Throws `D1Error`.
 */
export function wranglerD1(where: readonly string[], run: RunWrangler = runWrangler): D1Database {
	const execute = async (statements: readonly string[]) => {
		const ran = await run(["d1", "execute", "DB", ...where, "--json", "--command", statements.join(";\n")]);
		const output = parseJson(ran.stdout);
		const read = v.safeParse(results, output);
		if (ran.ok && read.success && read.output.length === statements.length) return read.output;
		const failed = v.safeParse(failure, output);
		const text = failed.success ? failed.output.error.text : `${ran.stdout}\n${ran.stderr}`.trim();
		throw new D1Error(text === "" ? "wrangler d1 execute returned nothing." : text);
	};

	const prepare = (statement: string, values: readonly unknown[] = []) => {
		const sql = () => inlineValues(statement, values);
		const rows = async () => (await execute([sql()])).flatMap(({ results }) => results);
		const all = async () => ({ results: await rows(), success: true });
		return {
			sql,
			all,
			run: all,
			bind: (...bound: unknown[]) => prepare(statement, bound),
			first: async () => (await rows())[0] ?? null,
			raw: async () => (await rows()).map((row) => Object.values(row)),
		};
	};

	/** Runs several statements in one command, which D1 executes as a batch: all or none. */
	const batch = (statements: readonly Statement[]) => execute(statements.map((each) => each.sql()));

	// Sessions, dumps and the other forms of `raw` are never called, so they are not implemented.
	return { prepare, batch } as unknown as D1Database;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

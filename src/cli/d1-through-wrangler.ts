import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import { withValues } from "./sql.ts";
import { type RunWrangler, runWrangler } from "./wrangler.ts";

const answers = v.array(v.object({ results: v.array(v.record(v.string(), v.unknown())) }));
const refusal = v.object({ error: v.object({ text: v.string() }) });

/** What wrangler, or SQLite through it, answered instead of rows. */
export class D1Refusal extends Error {
	override readonly name = "D1Refusal";
}

type Statement = { bind(...values: unknown[]): Statement; written(): string };

/**
 * Reaches D1 by `wrangler d1 execute`, which works alike for the local files, served or not, and for a deployment's
 * database. Has what Drizzle's queries need: prepare, bind, all, first, run, raw and batch; the columns of a statement
 * must differ in name. Throws `D1Refusal`.
 */
export function d1ThroughWrangler(where: readonly string[], run: RunWrangler = runWrangler): D1Database {
	const execute = async (statements: readonly string[]) => {
		const ran = await run(["d1", "execute", "DB", ...where, "--json", "--command", statements.join(";\n")]);
		const said = parseJson(ran.stdout);
		const read = v.safeParse(answers, said);
		if (ran.ok && read.success && read.output.length === statements.length) return read.output;
		const refused = v.safeParse(refusal, said);
		const text = refused.success ? refused.output.error.text : `${ran.stdout}\n${ran.stderr}`.trim();
		throw new D1Refusal(text === "" ? "wrangler d1 execute gave no answer." : text);
	};

	const prepare = (statement: string, values: readonly unknown[] = []) => {
		const written = () => withValues(statement, values);
		const rows = async () => (await execute([written()])).flatMap(({ results }) => results);
		const all = async () => ({ results: await rows(), success: true });
		return {
			written,
			all,
			run: all,
			bind: (...bound: unknown[]) => prepare(statement, bound),
			first: async () => (await rows())[0] ?? null,
			raw: async () => (await rows()).map((row) => Object.values(row)),
		};
	};

	/** One command of several statements, which D1 runs as it runs a batch: all of them or none. */
	const batch = (statements: readonly Statement[]) => execute(statements.map((each) => each.written()));

	// Sessions, dumps and the other forms of `raw` have no caller here and nothing behind them.
	return { prepare, batch } as unknown as D1Database;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

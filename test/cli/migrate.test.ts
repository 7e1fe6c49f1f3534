import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { migrateLocally } from "../../src/cli/migrate.ts";
import { schemaSql } from "../../src/cli/schema-sql.ts";
import type { RunResult } from "../../src/cli/wrangler.ts";

const failed: RunResult = { ok: false, stdout: "", stderr: "table `addresses` already exists" };
const appliedBefore = (...names: string[]): RunResult => ({
	ok: true,
	stdout: JSON.stringify([{ results: names.map((name) => ({ name })) }]),
	stderr: "",
});

/** Migrates with a wrangler whose migrations fail on a database with these. */
function migrate(applied: RunResult, signal = new AbortController().signal) {
	return migrateLocally("state", signal, async ([, command]) => (command === "execute" ? applied : failed));
}

describe("migrateLocally", () => {
	it("says what to do about a database that another version's migrations made", async () => {
		expect(await migrate(appliedBefore("0000_conversation.sql", "0001_triggers.sql"))).toBe(
			[
				"table `addresses` already exists",
				"Another version of edgecat made this database: it has the migration 0000_conversation.sql, which migrations/ does not. Delete state/v3/d1, its comments included, then run npm start again.",
			].join("\n"),
		);
	});

	it("returns only wrangler's output if the database has none but these migrations, or cannot be read", async () => {
		for (const applied of [appliedBefore(), appliedBefore("0000_schema.sql"), failed]) {
			expect(await migrate(applied)).toBe("table `addresses` already exists");
		}
	});

	it("does not look into the database after Ctrl-C", async () => {
		expect(await migrate(appliedBefore("0000_conversation.sql"), AbortSignal.abort())).toBe(failed.stderr);
	});
});

describe("src/db/schema.sql", () => {
	it("shows the database as the migrations make it; run npm run migration if not", async () => {
		const written = await readFile(new URL("../../src/db/schema.sql", import.meta.url), "utf8");
		expect(written).toBe(await schemaSql());
	});
});

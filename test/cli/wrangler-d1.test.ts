import { describe, expect, it } from "vitest";
import { D1Error } from "../../src/cli/database-error.ts";
import { openLocalDatabase } from "../../src/cli/local-database.ts";
import { migrateLocally } from "../../src/cli/migrate.ts";
import { commentFinder } from "../../src/cli/queue.ts";
import { literal } from "../../src/cli/sql.ts";
import type { RunResult, RunWrangler } from "../../src/cli/wrangler.ts";
import { wranglerD1 } from "../../src/cli/wrangler-d1.ts";
import { commentRepository } from "../../src/db/comments.ts";
import { temporaryFolder } from "./temporary.ts";

const respondWith = (result: RunResult) => wranglerD1(["--local"], async () => result);

describe("wranglerD1", () => {
	it("runs a batch as one command", async () => {
		const commands: (readonly string[])[] = [];
		const d1 = wranglerD1(["--remote", "--env="], async (args) => {
			commands.push(args);
			return { ok: true, stdout: '[{"results":[{"a":1}]},{"results":[]}]', stderr: "" };
		});
		const results = await d1.batch([d1.prepare("SELECT ? AS a").bind(1), d1.prepare("SELECT 2")]);
		expect(results).toMatchObject([{ results: [{ a: 1 }] }, { results: [] }]);
		expect(commands).toEqual([
			["d1", "execute", "DB", "--remote", "--env=", "--json", "--command", "SELECT 1 AS a;\nSELECT 2"],
		]);
	});

	it("throws the error of SQLite, or wrangler's output if that is not JSON", async () => {
		const refused = respondWith({ ok: false, stdout: '{"error":{"text":"no such table: x"}}', stderr: "" });
		await expect(refused.prepare("SELECT 1").all()).rejects.toThrow(new D1Error("no such table: x"));
		const broken = respondWith({ ok: false, stdout: "", stderr: "fetch failed" });
		await expect(broken.prepare("SELECT 1").all()).rejects.toThrow(new D1Error("fetch failed"));
	});

	it("throws if there are fewer results than statements", async () => {
		const d1 = respondWith({ ok: true, stdout: '[{"results":[]}]', stderr: "" });
		await expect(d1.batch([d1.prepare("SELECT 1"), d1.prepare("SELECT 2")])).rejects.toThrow(D1Error);
	});

	/** Any text a comment may have. */
	const hostile = "'; DROP TABLE comments; -- \" ` ? \n\u0000 猫";
	const insert = `INSERT INTO comments (post_id, path, state, name, visitor, source, html, fingerprint, created_at)
		VALUES (${["hello", "00000001", "held", hostile, "v", hostile, "", "f"].map(literal).join()}, ?)`;

	it("stores any text through the real wrangler", { timeout: 120_000 }, async () => {
		const persistTo = temporaryFolder();
		expect(await migrateLocally(persistTo)).toBeNull();
		const d1 = wranglerD1(["--local", "--persist-to", persistTo, "--env="]);
		const read = d1.prepare("SELECT id, name, source, created_at FROM comments");
		expect(await d1.batch([d1.prepare(insert).bind(1000), read])).toMatchObject([
			{ results: [] },
			{ results: [{ id: 1, name: hostile, source: hostile, created_at: 1000 }] },
		]);
	});

	it("runs the comment repository", async () => {
		const d1 = wranglerD1(["--local"], await answerFromSqlite());
		const comments = commentRepository(d1);
		await d1.prepare(insert).bind(1000).run();
		const [waiting] = await comments.listHeld(10);
		expect(waiting).toMatchObject({ id: 1, name: hostile, source: hostile, createdAt: 1000 });
		const decision = { actor: "me", reason: hostile, at: 2000, operation: "a" };
		const found = await commentFinder(d1)(1);
		expect(found).toMatchObject({ state: "held", name: hostile, version: 1 });
		const seen = new Map([[1, found?.version ?? 0]]);
		expect(await comments.decide([1], "published", { ...decision, seen })).toEqual([1]);
		expect(await comments.decide([1], "published", { ...decision, at: 3000, operation: "b" })).toEqual([]);
		expect(await commentFinder(d1)(1)).toMatchObject({ state: "published" });
		expect(await commentFinder(d1)(2)).toBeNull();
		const decided = await d1.prepare("SELECT reason, created_at FROM audit_log").all();
		expect(decided.results).toEqual([{ reason: hostile, created_at: 2000 }]);
	});
});

/** Returns a function that answers as wrangler does, from a migrated database. */
async function answerFromSqlite(): Promise<RunWrangler> {
	const persistTo = temporaryFolder();
	expect(await migrateLocally(persistTo)).toBeNull();
	const database = await openLocalDatabase(persistTo);
	return async (args) => {
		const results = args
			.at(-1)
			?.split(";\n")
			.map((sql) => ({ results: database?.prepare(sql).all() }));
		return { ok: true, stdout: JSON.stringify(results), stderr: "" };
	};
}

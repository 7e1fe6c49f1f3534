import { describe, expect, it } from "vitest";
import { D1Refusal, d1ThroughWrangler } from "../../src/cli/d1-through-wrangler.ts";
import { migrateLocally } from "../../src/cli/migrate.ts";
import { findIn } from "../../src/cli/queue.ts";
import { literal } from "../../src/cli/sql.ts";
import type { Ran } from "../../src/cli/wrangler.ts";
import { commentRepository } from "../../src/db/comments.ts";
import { temporaryFolder } from "./temporary.ts";

const answering = (ran: Ran) => d1ThroughWrangler(["--local"], async () => ran);

describe("d1ThroughWrangler", () => {
	it("makes one command of a batch", async () => {
		const commands: (readonly string[])[] = [];
		const d1 = d1ThroughWrangler(["--remote", "--env="], async (args) => {
			commands.push(args);
			return { ok: true, stdout: '[{"results":[{"a":1}]},{"results":[]}]', stderr: "" };
		});
		const answers = await d1.batch([d1.prepare("SELECT ? AS a").bind(1), d1.prepare("SELECT 2")]);
		expect(answers).toMatchObject([{ results: [{ a: 1 }] }, { results: [] }]);
		expect(commands).toEqual([
			["d1", "execute", "DB", "--remote", "--env=", "--json", "--command", "SELECT 1 AS a;\nSELECT 2"],
		]);
	});

	it("throws what SQLite said, and what wrangler said when that is no JSON", async () => {
		const refused = answering({ ok: false, stdout: '{"error":{"text":"no such table: x"}}', stderr: "" });
		await expect(refused.prepare("SELECT 1").all()).rejects.toThrow(new D1Refusal("no such table: x"));
		const broken = answering({ ok: false, stdout: "", stderr: "fetch failed" });
		await expect(broken.prepare("SELECT 1").all()).rejects.toThrow(new D1Refusal("fetch failed"));
	});

	it("does not take fewer answers than it asked questions for success", async () => {
		const d1 = answering({ ok: true, stdout: '[{"results":[]}]', stderr: "" });
		await expect(d1.batch([d1.prepare("SELECT 1"), d1.prepare("SELECT 2")])).rejects.toThrow(D1Refusal);
	});

	it("carries the comment repository on a real local database", { timeout: 120_000 }, async () => {
		const persistTo = temporaryFolder();
		expect(await migrateLocally(persistTo, new AbortController().signal)).toBeNull();
		const d1 = d1ThroughWrangler(["--local", "--persist-to", persistTo, "--env="]);
		const comments = commentRepository(d1);
		const hostile = "'; DROP TABLE comments; -- \" ` ? \n\u0000 猫";
		await d1
			.prepare(
				`INSERT INTO comments (post_id, path, state, name, visitor, source, html, fingerprint, created_at)
				VALUES (${["hello", "00000001", "held", hostile, "v", hostile, "", "f"].map(literal).join()}, ?)`,
			)
			.bind(1000)
			.run();

		const [waiting] = await comments.waiting(10);
		expect(waiting).toMatchObject({ id: 1, name: hostile, source: hostile, createdAt: 1000 });
		const decision = { madeBy: "me", reason: hostile, at: 2000, act: "a" };
		const found = await findIn(d1)(1);
		expect(found).toMatchObject({ state: "held", name: hostile, editedAt: null });
		const seen = new Map([[1, found?.editedAt ?? null]]);
		expect(await comments.decide([1], "published", { ...decision, seen })).toEqual([1]);
		expect(await comments.decide([1], "published", { ...decision, at: 3000, act: "b" })).toEqual([]);
		expect(await findIn(d1)(1)).toMatchObject({ state: "published" });
		expect(await findIn(d1)(2)).toBeNull();
		const decided = await d1.prepare("SELECT reason, created_at FROM decisions").all();
		expect(decided.results).toEqual([{ reason: hostile, created_at: 2000 }]);
	});
});

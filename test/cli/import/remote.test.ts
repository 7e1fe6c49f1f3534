import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { sqliteD1 } from "../../../src/cli/sqlite-d1.ts";
import type { RunWrangler } from "../../../src/cli/wrangler.ts";
import { maxStatementLength, wranglerFileD1 } from "../../../src/cli/wrangler-file-d1.ts";
import { importedCommentRepository } from "../../../src/db/imported-comments.ts";
import { importedRowRepository } from "../../../src/db/imported-rows.ts";
import { dump, emptyDatabase } from "../../support/import/database.ts";
import { testedFormats } from "../../support/import/formats.ts";
import { oldBlogs } from "../../support/import/old-blog.ts";
import { newBlog } from "../../support/import/run.ts";

it.each(["wordpress", "edgecat"])(
	"writes to a deployment in files, the same as to the local database: %s",
	async (name) => {
		const format = testedFormats.find((each) => each.name === name);
		const [old] = fc.sample(oldBlogs(["public"], ["published", "held"]), { numRuns: 1, seed: 3 });
		if (format === undefined || old === undefined) throw new Error("there is no format");
		const text = "'; DROP TABLE comments; -- ? :name \\n 猫".repeat(400);
		const comments = [
			...old.comments,
			...Array.from({ length: 30 }, (_, at) => ({
				...old.comments[0],
				number: 100 + at,
				entry: 1,
				parent: null,
				name: "O'Neil",
				website: "",
				text: `comment${100 + at}mark ${text}`,
				state: "published" as const,
				created: 1000,
			})),
		];
		const files = { [name === "edgecat" ? "export.tar" : "export.xml"]: format.write({ ...old, comments }) };

		const batch = { characters: 2_000_000, comments: 20 };
		const local = await newBlog();
		await local.import(files, { batch });
		const remote = await newBlog();
		const database = await emptyDatabase();
		const answer = sqliteD1(database);
		const statements: string[] = [];
		const run: RunWrangler = async (args) => {
			const at = args.indexOf("--file");
			if (at < 0) {
				const { results } = await answer.prepare(args[args.indexOf("--command") + 1] ?? "").all();
				return { ok: true, stdout: JSON.stringify([{ results }]), stderr: "" };
			}
			const sql = readFileSync(args[at + 1] ?? "", "utf8");
			statements.push(...sql.split(";\n"));
			database.exec(`BEGIN;${sql}COMMIT`);
			return { ok: true, stdout: "[]", stderr: "" };
		};
		const d1 = wranglerFileD1(["--remote", "--env="], run);
		const repository = importedCommentRepository(d1, maxStatementLength * 0.9);
		const rowRepository = importedRowRepository(d1, maxStatementLength * 0.9);
		await remote.import(files, { repository, rowRepository, batch });

		expect(statements.length).toBeGreaterThan(8);
		expect(Math.max(...statements.map((statement) => Buffer.byteLength(statement)))).toBeLessThan(
			maxStatementLength,
		);
		expect(dump(database)).toBe(dump(local.sqlite));
		local.remove();
		remote.remove();
	},
);

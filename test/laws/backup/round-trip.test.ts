import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verifyBackup } from "../../../src/backup/verify.ts";
import { readMigrations } from "../../../src/cli/migrate.ts";
import { replaceRemote } from "../../../src/cli/replace-remote.ts";
import type { RunWrangler } from "../../../src/cli/wrangler.ts";
import { wranglerD1 } from "../../../src/cli/wrangler-d1.ts";
import { maxStatementLength } from "../../../src/cli/wrangler-file-d1.ts";
import {
	backUp,
	broughtBack,
	emptyFile,
	fillEveryTable,
	linesOf,
	migrated,
	nastyTexts,
	newPath,
	type OpenDatabase,
} from "../../support/backup.ts";

/** Runs a check on databases with rows in every table and nasty texts in every column that takes them. */
const withNastyTexts = (check: (opened: OpenDatabase) => Promise<void>, numRuns = 4) =>
	fc.assert(
		fc.asyncProperty(fc.array(nastyTexts, { minLength: 5, maxLength: 40 }), async (texts) => {
			const opened = await migrated();
			fillEveryTable(opened, texts);
			for (const [table, lines] of Object.entries(await linesOf(opened.d1)))
				expect({ table, lines }).not.toEqual({ table, lines: [] });
			await check(opened);
			opened.database.close();
		}),
		{ numRuns },
	);

/** Answers wrangler's commands from a database, as a deployment's. */
function wranglerFor({ database, d1 }: OpenDatabase, statements: string[] = []): RunWrangler {
	return async (args) => {
		const file = args[args.indexOf("--file") + 1] ?? "";
		if (args.includes("--file")) {
			const sql = readFileSync(file, "utf8");
			statements.push(...sql.split(";\n"));
			database.exec(`BEGIN;${sql}COMMIT`);
			return { ok: true, stdout: "[]", stderr: "" };
		}
		// Linux takes 128 KiB in one argument, which is how wrangler is given statements.
		expect(Math.max(...args.map((arg) => Buffer.byteLength(arg)))).toBeLessThan(120_000);
		const queries = (args[args.indexOf("--command") + 1] ?? "")
			.split(";\nSELECT")
			.map((sql, at) => (at === 0 ? sql : `SELECT${sql}`));
		const results = [];
		for (const sql of queries) results.push({ results: (await d1.prepare(sql).all()).results });
		return { ok: true, stdout: JSON.stringify(results), stderr: "" };
	};
}

describe("a backup", () => {
	it("restores every row of every table byte by byte, whatever the text", () =>
		withNastyTexts(async ({ d1 }) => {
			const path = newPath();
			const contents = await backUp(d1, path);
			const scratch = emptyFile();
			const verified = await verifyBackup(scratch, path, await readMigrations(), () => {});
			expect(verified.contents).toEqual(contents);
			expect(await linesOf(scratch.d1)).toEqual(broughtBack(await linesOf(d1)));
		}));

	it("is the same of a deployment, which wrangler reads, and restores there", () =>
		withNastyTexts(async (opened) => {
			const paths = [newPath(), newPath()] as const;
			await backUp(opened.d1, paths[0]);
			await backUp(wranglerD1(["--remote"], wranglerFor(opened)), paths[1]);
			expect(gunzipSync(readFileSync(paths[1])).toString()).toBe(
				gunzipSync(readFileSync(paths[0])).toString(),
			);

			const other = await migrated();
			fillEveryTable(other, [Buffer.from("another blog")], 5);
			const statements: string[] = [];
			const run = wranglerFor(other, statements);
			await replaceRemote(opened, wranglerD1(["--remote"], run), ["--remote"], dirname(newPath()), run);
			expect(Math.max(...statements.map((sql) => Buffer.byteLength(sql)))).toBeLessThan(maxStatementLength);
			expect(await linesOf(other.d1)).toEqual(await linesOf(opened.d1));
			expect(schemaOf(other)).toEqual(schemaOf(opened));
		}, 2));

	it("is restored to a deployment that stores pages for its readers meanwhile, and to none where somebody writes", async () => {
		const visit = `INSERT INTO cached_pages (post_id, deployment, revision, rendered_at, etag, body)
			VALUES ('visited', 'd', 1, 86400000, 'e', 'page')`;
		const write = "UPDATE threads SET closed_at = 5";
		for (const [sql, sentence] of [
			[visit, null],
			[write, /The rows of \w+ on the deployment/],
		] as const) {
			const [opened, other] = [await migrated(), await migrated()];
			fillEveryTable(opened, [Buffer.from("words")]);
			fillEveryTable(other, [Buffer.from("another blog")], 5);
			const run = wranglerFor(other);
			const runBesideReaders: RunWrangler = async (args) => {
				const result = await run(args);
				if (args.includes("--file")) other.database.exec(sql);
				return result;
			};
			const remote = wranglerD1(["--remote"], runBesideReaders);
			const replaced = replaceRemote(opened, remote, ["--remote"], dirname(newPath()), runBesideReaders);
			if (sentence === null) await replaced;
			else await expect(replaced).rejects.toThrow(sentence);
			expect(other.database.prepare("SELECT post_id FROM cached_pages").all()).toEqual(
				sentence === null ? [...visitedIn(opened), { post_id: "visited" }] : visitedIn(opened),
			);
		}
	});
});

const visitedIn = ({ database }: OpenDatabase) => database.prepare("SELECT post_id FROM cached_pages").all();

function schemaOf({ database }: OpenDatabase) {
	return database
		.prepare(
			"SELECT type, name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*' AND name <> 'd1_migrations' ORDER BY type, name",
		)
		.all();
}

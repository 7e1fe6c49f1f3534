import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { drizzle } from "drizzle-orm/d1";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createContentCache, readContent } from "../../../../src/build/content.ts";
import { sqliteD1 } from "../../../../src/cli/sqlite-d1.ts";
import { redactVisitor } from "../../../../src/db/redaction.ts";
import { exportBlog } from "../../../../src/export/export.ts";
import { exportSchema } from "../../../../src/export/schema.ts";
import { dump } from "../../../support/import/database.ts";
import { now } from "../../../support/import/old-blog.ts";
import { type NewBlog, newBlog } from "../../../support/import/run.ts";

const fixture = new URL("../../../support/import/fixtures/edgecat/", import.meta.url).pathname;

/** Reads every file of a folder, by path. */
const filesOf = (folder: string): Record<string, string> =>
	Object.fromEntries(
		readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name))
			.sort()
			.map((path) => [relative(folder, path), readFileSync(path, "latin1")]),
	);

/** Returns the files of the fixture as an export. */
const exported = (): Record<string, Uint8Array> =>
	Object.fromEntries(
		Object.entries(filesOf(fixture)).map(([path, text]) => [path, Buffer.from(text, "latin1")]),
	);

/** Returns the fixture with changed lines in one of its files. */
const withLines = (file: string, change: (lines: string[]) => string[]) => ({
	...exported(),
	[file]: change(readFileSync(join(fixture, file), "utf8").trimEnd().split("\n"))
		.map((line) => `${line}\n`)
		.join(""),
});

async function exportOf(blog: NewBlog): Promise<string> {
	const dir = join(blog.folder, `out-${readdirSync(blog.folder).length}`);
	const content = await readContent(blog.contentDir, join(blog.folder, "variants"), createContentCache());
	expect(content.problems).toEqual([]);
	const d1 = sqliteD1(blog.sqlite);
	await exportBlog({ content, contentDir: blog.contentDir, d1, dir, now, progress: () => {} });
	return dir;
}

/** Empties the content folder, as a new owner does with the sample posts. */
const emptyBlog = async () => {
	const blog = await newBlog();
	rmSync(join(blog.contentDir, "site.yaml"));
	return blog;
};

let blog: NewBlog;
beforeEach(async () => {
	blog = await emptyBlog();
});
afterEach(() => blog.remove());

const rows = (sql: string, source = blog) =>
	source.sqlite
		.prepare(sql)
		.all()
		.map((row) => ({ ...row }));

describe("edgecat's own export", () => {
	it("comes out of an empty blog again as the same bytes", async () => {
		expect(JSON.parse(readFileSync(join(fixture, "schema.json"), "utf8"))).toEqual(exportSchema);
		const { tallies, reports } = await blog.import(exported(), { emails: true });
		expect(tallies.filter(({ outcome }) => outcome !== "written")).toEqual([]);
		expect(reports).toEqual([]);
		const first = filesOf(await exportOf(blog));
		for (const [path, text] of Object.entries(filesOf(fixture))) {
			if (!/\.xml$|^schema/.test(path)) expect({ path, text: first[path] }).toEqual({ path, text });
		}
		const other = await emptyBlog();
		await other.import(
			Object.fromEntries(Object.entries(first).map(([path, text]) => [path, Buffer.from(text, "latin1")])),
			{ emails: true },
		);
		expect(filesOf(await exportOf(other))).toEqual(first);
		other.remove();
	});

	it("brings the sample content back as the same bytes", async () => {
		cpSync("content", blog.contentDir, { recursive: true });
		const first = filesOf(await exportOf(blog));
		const other = await emptyBlog();
		await other.import(
			Object.fromEntries(Object.entries(first).map(([path, text]) => [path, Buffer.from(text, "latin1")])),
		);
		expect(filesOf(await exportOf(other))).toEqual(first);
		other.remove();
	});

	it("is silent, counts right, and shows verified names only where they are", async () => {
		await blog.import(exported(), { emails: true });
		expect(
			rows(
				"SELECT count(*) AS count FROM comment_events UNION ALL SELECT count(*) FROM outbox UNION ALL SELECT count(*) FROM training_examples",
			),
		).toEqual([{ count: 0 }, { count: 0 }, { count: 0 }]);
		expect(
			rows(
				"SELECT post_id, comment_count, tallies, closed_at IS NOT NULL AS closed, pinned_id FROM threads ORDER BY post_id",
			),
		).toEqual([
			{ post_id: "2024/one", comment_count: 3, tallies: '{"like":1}', closed: 0, pinned_id: 4 },
			{ post_id: "pages/about", comment_count: 0, tallies: "{}", closed: 1, pinned_id: null },
			{ post_id: "posts-no-longer-there", comment_count: 1, tallies: "{}", closed: 0, pinned_id: null },
		]);
		expect(rows("SELECT id, tallies FROM comments WHERE tallies <> '{}'")).toEqual([
			{ id: 4, tallies: '{"love":2}' },
		]);
		expect(rows("SELECT id FROM comments WHERE verified")).toEqual([{ id: 3 }]);
	});

	it("leaves e-mail addresses and what depends on them, unless asked for them", async () => {
		const { reports } = await blog.import(exported());
		expect(dump(blog.sqlite)).not.toContain("mail.example");
		expect(rows("SELECT id FROM comments WHERE verified")).toEqual([]);
		expect(reports.filter((report) => report.includes("add --emails"))).toHaveLength(3);
		const later = await blog.import(exported(), { emails: true });
		expect(later.tallies.filter(({ outcome }) => outcome === "written")).toEqual([
			{ kind: "reader", outcome: "written", count: 1 },
			{ kind: "subscription", outcome: "written", count: 2 },
		]);
	});

	it("brings nothing back that was taken back here, and only newer rows", async () => {
		await blog.import(exported(), { emails: true });
		blog.sqlite.exec(
			"DELETE FROM subscriptions; DELETE FROM reactions; DELETE FROM identities; UPDATE threads SET closed_at = NULL",
		);
		const before = dump(blog.sqlite);
		const again = await blog.import(exported(), { emails: true });
		expect(again.tallies.filter(({ outcome }) => outcome !== "present")).toEqual([]);
		expect(dump(blog.sqlite)).toBe(before);
		const [line = ""] = readFileSync(join(fixture, "reactions.jsonl"), "utf8").split("\n");
		const newer = { ...JSON.parse(line), visitor: "vz", createdAt: "2025-01-01T00:00:00.000Z" };
		await blog.import(withLines("reactions.jsonl", (lines) => [...lines, JSON.stringify(newer)]));
		expect(rows("SELECT visitor FROM reactions")).toEqual([{ visitor: "vz" }]);
	});

	it("brings nothing of somebody who was erased here, even what came later", async () => {
		await blog.import(exported());
		await redactVisitor(drizzle(sqliteD1(blog.sqlite)), {
			visitor: "va",
			words: "gone",
			actor: "author",
			at: now,
		});
		await blog.import(exported(), { emails: true });
		expect(dump(blog.sqlite)).not.toMatch(/mika@mail|\bva\b/);
	});

	it("goes on where it was stopped", async () => {
		const many = (count: number) =>
			Array.from({ length: count }, (_, at) =>
				JSON.stringify({
					...{ post: "2024/one", comment: null, reaction: "like", visitor: `v${at}` },
					createdAt: new Date(1_715_000_000_000 + Math.floor(at / 3) * 1000).toISOString(),
				}),
			);
		const files = withLines("reactions.jsonl", () => many(60));
		const controller = new AbortController();
		const progress = (step: string) =>
			step === "Other rows" && rows("SELECT 1 FROM reactions").length > 0 && controller.abort();
		await expect(blog.import(files, { progress, signal: controller.signal })).rejects.toThrow();
		const half = rows("SELECT 1 FROM reactions").length;
		expect(half).toBeGreaterThan(0);
		expect(half).toBeLessThan(60);
		await blog.import(files);
		expect(rows("SELECT count(*) AS count FROM reactions")).toEqual([{ count: 60 }]);
		expect(filesOf(await exportOf(blog))["reactions.jsonl"]).toBe(
			Buffer.from(files["reactions.jsonl"] ?? "").toString("latin1"),
		);
	});

	it("changes nothing of the blog it was made of", async () => {
		await blog.import(exported(), { emails: true });
		blog.sqlite.exec(
			"DELETE FROM imported_comments WHERE source LIKE 'edgecat:%'; DELETE FROM import_checkpoints",
		);
		const before = dump(blog.sqlite);
		const { tallies } = await blog.import(exported(), { emails: true });
		expect(tallies.filter(({ outcome }) => outcome === "written")).toEqual([]);
		blog.sqlite.exec("DELETE FROM import_checkpoints");
		expect(dump(blog.sqlite)).toBe(before);
	});

	it("joins a blog whose numbers and files are taken", async () => {
		blog.write({
			"site.yaml": "title: Mine\nurl: https://mine.example\n",
			"posts/2024/2024-05-01-one.md": "---\ntitle: Mine\ndate: 2024-05-01\n---\nMy words.\n",
			"pages/we.md": "---\ntitle: We\nid: pages/about\n---\n",
		});
		const insert =
			blog.sqlite.prepare(`INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at)
			VALUES (?, 'x', printf('%08x', ?), 'published', 'Here', '', 'here', 'here', '', 5)`);
		for (const id of [4, 7]) insert.run(id, id);
		const { reports } = await blog.import(exported(), { emails: true });
		expect(blog.files()["posts/2024/2024-05-01-one.md"]).toContain("My words.");
		expect(blog.files()["pages/about.md"]).toBeUndefined();
		expect(reports.join("\n")).toMatch(/2024-05-01-one\.md.* differs/);
		expect(reports.join("\n")).toMatch(/pages\/about\.md.*pages\/we\.md/);
		const [moved] = rows("SELECT comment_id AS id FROM imported_comments WHERE source_id = '4'");
		expect(rows("SELECT comment_id AS id FROM reactions WHERE comment_id > 0 GROUP BY 1")).toEqual([moved]);
		expect(rows("SELECT pinned_id AS id FROM threads WHERE pinned_id IS NOT NULL")).toEqual([moved]);
		expect(rows("SELECT comment_id AS id FROM subscriptions WHERE comment_id > 0")).toEqual([moved]);
		blog.sqlite.exec("UPDATE comments SET source = 'edited' WHERE id = 7");
		expect(rows("SELECT source FROM comments WHERE id = 7")).toEqual([{ source: "edited" }]);
		const before = dump(blog.sqlite);
		await blog.import(exported(), { emails: true });
		expect(dump(blog.sqlite)).toBe(before);
	});

	it("names the line that is damaged, and asks for the folder", async () => {
		const cut = withLines("comments.jsonl", (lines) => [...lines.slice(0, 2), lines[2]?.slice(0, 40) ?? ""]);
		await expect(blog.import(cut)).rejects.toThrow(
			/comments\.jsonl:3: the line is incomplete or damaged .*nothing was imported/,
		);
		const wrong = withLines("threads.jsonl", () => ['{"post":5}']);
		await expect(blog.import(wrong)).rejects.toThrow(/threads\.jsonl:1: .*\(post: /);
		await expect(blog.import({ "schema.json": exported()["schema.json"] ?? "" })).rejects.toThrow(
			/name the export's folder/,
		);
		expect(blog.files()).toEqual({});
	});

	it("copies every file as it is, even one that is compressed or an archive", async () => {
		const gz = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
		const zip = Buffer.from(`PK\x05\x06${"\0".repeat(18)}`, "latin1");
		await blog.import({ ...exported(), "content/media/a.gz": gz, "content/media/b.zip": zip });
		expect(readFileSync(join(blog.contentDir, "media/a.gz"))).toEqual(gz);
		expect(readFileSync(join(blog.contentDir, "media/b.zip"))).toEqual(zip);
	});
});

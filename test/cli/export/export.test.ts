import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createContentCache, readContent } from "../../../src/build/content.ts";
import { sqliteD1 } from "../../../src/cli/sqlite-d1.ts";
import { renderCommentMarkdown } from "../../../src/comments/markdown.ts";
import { exportBlog } from "../../../src/export/export.ts";
import { recordFiles } from "../../../src/export/records.ts";
import { exportSchema } from "../../../src/export/schema.ts";
import { visibleText } from "../../../src/import/convert/comment-html.ts";
import { codePoint } from "../../support/arbitraries.ts";
import { fillEveryTable } from "../../support/backup.ts";
import { now } from "../../support/import/old-blog.ts";
import { type NewBlog, newBlog } from "../../support/import/run.ts";

const posts = {
	"posts/2020/2020-01-01-one.md":
		"---\ntitle: One & two\ndate: 2020-01-01\ncategories: [Cloud]\ntags: [edge, 猫]\nwordpress_id: 12\n---\nSee [the other](../2021/2021-01-01-猫.md).\n",
	"posts/2021/2021-01-01-猫.md": "---\ntitle: 猫 ]]> い\ndate: 2021-01-01\nlang: ja\n---\n本文です。\n",
	"posts/2022/2022-01-01-later.md": "---\ntitle: Later\ndate: 2022-01-01\ndraft: true\n---\nNot yet.\n",
	"pages/about.md": "---\ntitle: About\ncomments: open\n---\nWe.\n",
};
const postIds = ["2020/2020-01-01-one", "2021/2021-01-01-猫", "pages/about"];

/** Constructs of comments, whose HTML must be the same after it was elsewhere. */
const constructs = [
	"Plain words.",
	"Two\nlines and <b>no</b> HTML & co.",
	"A paragraph.\n\nAnother with *emphasis*, **strong** and ~~struck~~ words.",
	"A [link](https://cats.example/a?b=1&c=2) and https://cats.example/bare",
	"`code` and\n\n```\nif (a < b) {\n\n\treturn '\\n';\n}\n```\n\nafter",
	"> quoted\n> words\n\nanswer",
	"- one\n- two\n\n1. first\n2. second",
	"猫が好きです。\n改行も。 😀",
	"]]> ends nothing, nor does <![CDATA[ begin",
];

type Row = Record<string, unknown>;
let blog: NewBlog;
beforeEach(async () => {
	blog = await newBlog();
	blog.write(posts);
});
afterEach(() => blog.remove());

/** Adds comments with the given texts in turn, replies among them. */
function addComments(texts: readonly string[]): void {
	const insert = blog.sqlite.prepare(
		`INSERT INTO comments (id, post_id, parent_id, path, state, name, email, website, visitor, source, html, fingerprint, created_at, by_author)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'v', ?, ?, ?, ?, ?)`,
	);
	const hex = (id: number) => id.toString(16).padStart(8, "0");
	for (const [at, text] of texts.entries()) {
		const id = 10 + at * 3;
		const parent = at % 3 === 1 ? id - 3 : null;
		const state = ["published", "published", "held", "published", "spam"][at % 5] ?? "held";
		const post = postIds[Math.floor(at / 3) % postIds.length] ?? "";
		insert.run(
			...[id, post, parent, parent === null ? hex(id) : hex(parent) + hex(id), state, `Näme ${at} & 猫`],
			...[at % 2 === 0 ? `n${at}@mail.example` : null, at % 4 === 0 ? "https://site.example/?a=1&b=2" : null],
			...[text, renderCommentMarkdown(text), `f${at}`, 1_600_000_000_000 + at * 61_000, at === 3 ? 1 : 0],
		);
	}
}

async function exported(source = blog): Promise<string> {
	const dir = join(source.folder, `out-${readdirSync(source.folder).length}`);
	const content = await readContent(source.contentDir, join(source.folder, "variants"), createContentCache());
	expect(content.problems).toEqual([]);
	const d1 = sqliteD1(source.sqlite);
	await exportBlog({ content, contentDir: source.contentDir, d1, dir, now, progress: () => {} });
	return dir;
}

const commentsIn = ({ sqlite }: NewBlog) =>
	sqlite
		.prepare(
			"SELECT id, post_id, parent_id, state, name, email, website, html, created_at FROM comments ORDER BY id",
		)
		.all()
		.map((row) => ({ ...row })) as Row[];

const inMemory = (path: string) => readFileSync(path, "utf8");

describe("the export's records", () => {
	it("are of the JSON Schema, line by line, and of every table that is not internal", async () => {
		fillEveryTable({ database: blog.sqlite, d1: sqliteD1(blog.sqlite) }, [
			Buffer.from("text"),
			Buffer.from("猫\n\\n\0"),
		]);
		blog.sqlite.exec(
			`UPDATE comments SET findings = NULL, created_at = 5; UPDATE threads SET closed_at = 5; UPDATE audit_log SET comment_id = 3`,
		);
		const dir = await exported();
		const ajv = new Ajv({
			strict: true,
			formats: { "date-time": (text: string) => new Date(text).toISOString() === text },
		});
		ajv.addSchema(exportSchema, "export");
		expect(JSON.parse(inMemory(join(dir, "schema.json")))).toEqual(exportSchema);
		for (const { name } of recordFiles) {
			const lines = inMemory(join(dir, `${name}.jsonl`))
				.trimEnd()
				.split("\n");
			expect(lines.length).toBeGreaterThan(0);
			for (const line of lines) {
				const isValid = ajv.validate(`export#/$defs/${name}`, JSON.parse(line));
				expect({ name, errors: isValid ? null : ajv.errors }).toEqual({ name, errors: null });
			}
			expect(ajv.validate(`export#/$defs/${name}`, {})).toBe(false);
		}
		expect(inMemory(join(dir, "comments.jsonl"))).not.toMatch(/network|fingerprint|form_key/);
	});

	it("come with posts and media as they are", async () => {
		const dir = await exported();
		for (const [path, text] of Object.entries(blog.files()))
			expect(inMemory(join(dir, "content", path))).toBe(text);
		await expect(exportBlog({ dir } as Parameters<typeof exportBlog>[0])).rejects.toThrow(
			/is not empty; name a new folder/,
		);
	});
});

describe("XML for other systems", () => {
	it("is well-formed whatever the comments say", async () => {
		const texts = fc.sample(fc.string({ unit: codePoint, maxLength: 40 }), { numRuns: 40, seed: 5 });
		addComments([...texts.map((text) => text.toWellFormed() || "x"), "\0 \u0001 \ufffe ]]>"]);
		const dir = await exported();
		for (const file of ["wordpress.xml", "disqus.xml"]) {
			const parser = new SaxesParser({ xmlns: true });
			parser.on("error", (error) => {
				throw error;
			});
			parser.write(inMemory(join(dir, file))).close();
		}
	});

	it("for WordPress brings the same posts and comments into another blog", async () => {
		addComments(constructs);
		const dir = await exported();
		const other = await newBlog();
		const { reports } = await other.import(
			{ "wordpress.xml": inMemory(join(dir, "wordpress.xml")) },
			{ emails: true },
		);
		const expected = commentsIn(blog).map((row) => ({ ...row, post_id: expect.any(String) }));
		expect(commentsIn(other)).toEqual(expected);
		const files = Object.entries(other.files())
			.map(([, text]) => text)
			.join("\n");
		for (const part of [
			"title: One & two",
			"title: 猫 ]]> い",
			"wordpress_id: 12",
			"draft: true",
			"categories:\n  - Cloud",
			"本文です。",
			"title: About",
		]) {
			expect(files).toContain(part);
		}
		expect(reports.filter((report) => /lost|left out/.test(report))).toEqual([]);
		other.remove();
	});

	it("for Disqus brings the same comments to the same posts", async () => {
		addComments(constructs);
		const dir = await exported();
		const other = await newBlog();
		other.write(posts);
		await other.import({ "disqus.xml": inMemory(join(dir, "disqus.xml")) }, { emails: true });
		// Disqus has no place for a commenter's website.
		expect(commentsIn(other)).toEqual(commentsIn(blog).map((row) => ({ ...row, website: null })));
		other.remove();
	});

	it("keeps the words of any comment", async () => {
		const texts = fc.sample(
			fc.string({
				unit: fc.constantFrom(..."ab *_`~[]()<>#-+.!|&;:/\\\"'\n0猫"),
				minLength: 1,
				maxLength: 60,
			}),
			{ numRuns: 60, seed: 7 },
		);
		addComments(texts.filter((text) => text.trim() !== ""));
		const dir = await exported();
		const bare = (html: unknown) => visibleText(String(html)).replace(/\s+/g, "");
		for (const file of ["wordpress.xml", "disqus.xml"]) {
			const other = await newBlog();
			other.write(posts);
			if (file === "wordpress.xml")
				for (const path of Object.keys(posts))
					other.write({ [path]: "---\ntitle: x\ndate: 1990-01-01\n---\n" });
			await other.import({ [file]: inMemory(join(dir, file)) });
			const words = (source: NewBlog) =>
				commentsIn(source).map(({ id, html }) => ({ id, words: bare(html) }));
			expect(words(other)).toEqual(words(blog));
			other.remove();
		}
	});
});

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { ImportOptions } from "../../../../src/import/import.ts";
import { parseMap } from "../../../../src/import/import.ts";
import { type NewBlog, newBlog } from "../../../support/import/run.ts";

const fixture = readFileSync(new URL("../../../support/import/fixtures/disqus.xml", import.meta.url), "utf8");

const post = (name: string, more: string) => ({
	[`posts/${name}.md`]: `---\ntitle: ${name}\ndate: 2013-01-01\nid: ${name}\n${more}---\n\nText.\n`,
});

type Row = {
	id: number;
	post_id: string;
	parent_id: number | null;
	state: string;
	name: string;
	source: string;
	html: string;
};

let blog: NewBlog;

afterEach(() => blog.remove());

/** Imports an export into a blog with three of the four posts it has comments on. */
async function importInto(content: string | Uint8Array, options: Partial<ImportOptions> = {}) {
	blog = await newBlog();
	blog.write({
		...post("fog", "aliases: [/fog/]\n"),
		...post("numbered", "wordpress_id: 12\n"),
		...post("lamp-post", ""),
	});
	const run = await blog.import({ "export.xml": content }, options);
	return { run, rows: rowsOf() };
}

const rowsOf = () =>
	blog.sqlite.prepare("SELECT * FROM comments ORDER BY created_at").all() as unknown as Row[];

describe("Disqus", () => {
	it("finds posts by address, of localhost too, by WordPress number and by id, whatever the order of threads", async () => {
		const { rows } = await importInto(fixture);
		expect(rows.map(({ post_id, name, state }) => [post_id, name, state])).toEqual([
			["fog", "O'Neil", "published"],
			["fog", "Mika", "published"],
			["numbered", "Orphan", "published"],
			["lamp-post", "Spammer", "spam"],
		]);
	});

	it("keeps replies across the threads of one page, and numbers that leave room for new ones", async () => {
		const { rows } = await importInto(fixture);
		const [first, reply, orphan] = rows;
		expect(first?.id).toBe(3_000_000_001);
		expect(reply?.parent_id).toBe(3_000_000_001);
		expect(reply?.id).toBe(3_000_000_002);
		expect([orphan?.id, orphan?.parent_id]).toEqual([3, null]);
	});

	it("keeps line ends in code and links without Disqus's counter", async () => {
		const { rows } = await importInto(fixture);
		expect(rows[0]?.source).toContain("```\none\n  two\n```");
		expect(rows[0]?.source).toContain("[horn.example](http://horn.example/?a=1)");
		expect(rows[0]?.source).toContain("@mika knows");
	});

	it("lists what matches nothing and imports it later by a mapping, and only that", async () => {
		const { run, rows } = await importInto(fixture);
		expect(run.reports.join("\n")).toContain(
			"belongs to https://harbour.example/nowhere/, which no entry has",
		);
		expect(run.reports.join("\n")).toContain("replies to 999, which is not there");
		expect(run.reports.join("\n")).toContain("is deleted at its source and has no replies");
		const parsed = parseMap("https://harbour.example/nowhere/ /fog/\n");
		if (!parsed.ok) throw new Error(parsed.message);
		await blog.import({ "export.xml": fixture }, { map: parsed.map });
		const after = rowsOf();
		expect(after.filter(({ id }) => rows.every((row) => row.id !== id))).toMatchObject([
			{ name: "Lost", post_id: "fog" },
		]);
		expect(after).toHaveLength(rows.length + 1);
	});

	it("takes addresses of other hosts only if no old address is given", async () => {
		const moved = fixture.replace(
			"https://harbour.example/fog/index.html?fbclid=1",
			"https://other.example/fog/",
		);
		const { rows } = await importInto(moved, { address: "https://harbour.example" });
		expect(rows.map(({ name }) => name)).toEqual(["O'Neil", "Orphan", "Spammer"]);
	});

	it("keeps comments that are too long here, cut, and says so", async () => {
		const { rows, run } = await importInto(fixture.replace("Under its number.", "Long words. ".repeat(6000)));
		const cut = rows.find(({ name }) => name === "Orphan");
		expect(cut?.html.length).toBeLessThanOrEqual(40_000);
		expect(cut?.source).toMatch(/^Long words\. .*\[…\]$/);
		expect(run.reports.join("\n")).toMatch(/more than a comment can have here; it is cut after \d+/);
	});

	it("reads a compressed export", async () => {
		const { rows } = await importInto(gzipSync(fixture));
		expect(rows).toHaveLength(4);
	});
});

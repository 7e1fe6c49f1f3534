import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { movableType } from "../../../../src/import/formats/movable-type.ts";
import type { Line } from "../../../../src/import/input/lines.ts";
import { readLines } from "../../../../src/import/input/lines.ts";
import { sourceFile } from "../../../../src/import/input/source-file.ts";
import type {
	CommentRecord,
	EntryRecord,
	ImportRecord,
	Remark,
	SiteRecord,
} from "../../../../src/import/record.ts";
import { encodeJapanese } from "../../../support/import/encode.ts";
import { newBlog } from "../../../support/import/run.ts";

const fixture = readFileSync(new URL("../../../support/import/fixtures/movable-type.txt", import.meta.url));

const fileOf = (content: string | Uint8Array, size = 65_536) => {
	const bytes = Buffer.from(content);
	return sourceFile("export.txt", "export.txt", null, async function* () {
		for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
	});
};

async function read(content: string | Uint8Array, address: string | null = null) {
	const records: (ImportRecord | Remark)[] = [];
	for await (const record of movableType.read(fileOf(content), { address, parts: [] })) records.push(record);
	const of = <R extends { kind: string }>(kind: R["kind"]) =>
		records.filter((record) => record.kind === kind) as unknown as R[];
	return {
		site: of<SiteRecord>("site")[0],
		entries: of<EntryRecord>("post"),
		comments: of<CommentRecord>("comment"),
		remarks: of("remark"),
	};
}

/** Writes an entry with these fields and this body. */
const entry = (body: string, fields = "") =>
	`TITLE: T\nSTATUS: Publish\n${fields}-----\nBODY:\n${body}\n-----\n--------\n`;

describe("Movable Type text", () => {
	it("reads every entry, comment and trackback of a file full of traps", async () => {
		const { site, entries, comments, remarks } = await read(fixture);
		expect(remarks).toEqual([]);
		expect(site).toMatchObject({ timezone: "Asia/Tokyo", address: null });
		expect(entries.map(({ title, state }) => [title, state])).toEqual([
			["港の<霧>", "public"],
			["Plain", "draft"],
			["Later", "scheduled"],
		]);
		expect(comments.map(({ type, name, created }) => [type, name, created])).toEqual([
			["comment", "灯台", { local: "2017-03-18T21:29:10" }],
			["comment", "", { local: "2017-03-19T00:05:00" }],
			["trackback", "別のブログ", { local: "2017-03-20T09:00:00" }],
			["comment", "Late", { local: "2004-01-03T12:15:00" }],
		]);
	});

	it("keeps separators and fields that are part of a text", async () => {
		const { entries, comments } = await read(fixture);
		const text = entries[0]?.text.text ?? "";
		for (const part of [
			"<p>DATE: この行は",
			"\n-----\n<p>点線の下",
			"\n--------\n<p>長い線の下",
			"TITLE: これも本文\n\n-----\n-----\n</pre>",
		])
			expect(text).toContain(part);
		expect(text).toMatch(/<\/pre>\n\n<!--more-->\n\n<p>続きです。<\/p>$/);
		expect(comments[0]?.text.text).toBe(
			"霧笛が聞こえました。\nURL: は本文の二つ目です。\n-----\nDATE: これも本文",
		);
		expect(comments[0]?.website).toBe("http://lamp.example/");
	});

	it("reads the old form, in which the text begins among the fields", async () => {
		const old = (body: string, rest = "") =>
			`TITLE: Old\nAUTHOR: Mika\nDATE: 01/02/2002 03:04:05 AM\nSTATUS: Publish\nSTART BODY:\n${body}\n-----\n${rest}--------\n`;
		const { entries, comments, remarks } = await read(
			old("First.\nNOTE: is text.\n\nTITLE: is text, too.") +
				old("Second.", "EXTENDED BODY:\nMore.\n-----\nCOMMENT:\nAUTHOR: Lamp\nHello\n-----\n"),
		);
		expect(entries.map(({ title, text }) => [title, text.text])).toEqual([
			["Old", "First.\nNOTE: is text.\n\nTITLE: is text, too."],
			["Old", "Second.\n\n<!--more-->\n\nMore."],
		]);
		expect(entries.map(({ published, state }) => [published, state])).toEqual([
			[{ local: "2002-01-02T03:04:05" }, "public"],
			[{ local: "2002-01-02T03:04:05" }, "public"],
		]);
		expect(comments.map(({ name, text }) => [name, text.text])).toEqual([["Lamp", "Hello"]]);
		expect(remarks).toEqual([]);
	});

	it("takes the tab from the separators that Movable Type has escaped", async () => {
		const { entries } = await read(fixture);
		expect(entries[1]?.text.text).toMatch(/<\/table>\n-----\n--------\nAfter the escaped lines\.$/);
	});

	it("reads any text of lines with separators among them back as it is", async () => {
		const part = fc.constantFrom("-----", "--------", "a", "", "DATE: 1", "NOTE:", "- x", "猫", "------");
		await fc.assert(
			fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
				const body = ["start", ...parts, "end"].join("\n");
				// An entry that begins with its date looks the same.
				fc.pre(!/\n-----\n+--------\n+DATE: 1/.test(body));
				const { entries } = await read(entry(body) + entry("next"));
				expect(entries.map(({ text }) => text.text)).toEqual([body, "next"]);
			}),
			{ numRuns: 300 },
		);
	});

	it.each([
		["08/08/2007 03:00:00 PM", "2007-08-08T15:00:00"],
		["08/08/2007 12:00:00 AM", "2007-08-08T00:00:00"],
		["08/08/2007 12:00:00 PM", "2007-08-08T12:00:00"],
		["03/18/2017 21:29:10 PM", "2017-03-18T21:29:10"],
		["03/18/2017 21:29:10", "2017-03-18T21:29:10"],
		["1/2/99 1:02:03 pm", "1999-01-02T13:02:03"],
		["01/02/04 00:00:00", "2004-01-02T00:00:00"],
		["01/02/104 00:00:00", "2004-01-02T00:00:00"],
		["2017-03-18 21:29:10", "2017-03-18T21:29:10"],
	])("reads the date %s", async (date, local) => {
		const { entries } = await read(entry("x", `DATE: ${date}\n`));
		expect(entries[0]?.published).toEqual({ local });
	});

	it.each([
		["0", "html"],
		["richtext", "html"],
		["wysiwyg", "html"],
		["1", "breaks"],
		["__default__", "breaks"],
		["default", "breaks"],
		["markdown", "markdown"],
		["markdown_with_smartypants", "markdown"],
		["textile_2", "breaks"],
	])("reads a body with CONVERT BREAKS: %s as %s", async (filter, format) => {
		const { entries } = await read(entry("x", `CONVERT BREAKS: ${filter}\n`));
		expect(entries[0]?.text.format).toBe(format);
	});

	it.each([
		["BASENAME: 2017/03/18/182252\n", null, "/entry/2017/03/18/182252"],
		["BASENAME: fog\n", "https://mika.hatenablog.com", "https://mika.hatenablog.com/entry/fog"],
		[
			"BASENAME: my_fog\nDATE: 03/18/2017 01:00:00\n",
			"https://mt.example/b",
			"https://mt.example/b/2017/03/my-fog.html",
		],
		[
			"BASENAME: fog\nUNIQUE URL: https://a.typepad.example/b/2017/03/fog.html\n",
			null,
			"https://a.typepad.example/b/2017/03/fog.html",
		],
		["DATE: 03/18/2017 01:00:00\n", "https://mika.blog.fc2.com", undefined],
	])("finds the old address by %j at %s", async (fields, address, expected) => {
		const { entries } = await read(entry("x", fields), address);
		expect(entries[0]?.addresses[0]).toBe(expected);
	});

	it.each([
		["https://mika.hatenablog.com", "Asia/Tokyo"],
		["https://mika.blog.fc2.com", "Asia/Tokyo"],
		["https://blog.livedoor.jp/mika", "Asia/Tokyo"],
		["https://mika.seesaa.net", "Asia/Tokyo"],
		["https://blog.goo.ne.jp/mika", "Asia/Tokyo"],
		["https://mt.example", null],
	])("knows the zone of %s: %s", async (address, timezone) => {
		expect((await read(entry("x"), address)).site?.timezone).toBe(timezone);
	});

	it("says in which zone it reads times of an unknown one", async () => {
		const blog = await newBlog("title: New\nurl: https://new.example\ntimezone: Europe/Berlin\n");
		try {
			const files = { "export.txt": entry("x", "DATE: 03/18/2017 12:00:00\n") };
			const { reports } = await blog.import(files, { timezone: null });
			expect(reports.join("\n")).toMatch(/read as those of Europe\/Berlin.*--timezone/);
			expect(Object.values(blog.files()).join()).toContain("date: 2017-03-18T12:00:00+01:00");
			const given = await blog.import(files, { timezone: "Asia/Tokyo" });
			expect(given.reports.join("\n")).not.toContain("--timezone");
		} finally {
			blog.remove();
		}
	});

	it.each(["shift_jis", "euc-jp"] as const)("reads %s", async (encoding) => {
		expect(await read(encodeJapanese(fixture.toString(), encoding))).toEqual(await read(fixture));
	});

	it("splits lines the same wherever the file is cut into chunks, with any line ends", async () => {
		const ends = fc.constantFrom("\n", "\r\n", "\r");
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.constantFrom("a", "", "猫"), { maxLength: 6 }),
				ends,
				fc.integer({ min: 1, max: 9 }),
				async (lines, end, size) => {
					const content = lines.map((line) => line + end).join("");
					const found: Line[] = [];
					for await (const line of readLines(fileOf(content, size))) found.push(line);
					expect(found.map(({ text }) => text)).toEqual(lines);
					expect(found.map(({ number }) => number)).toEqual(lines.map((_, at) => at + 1));
				},
			),
		);
	});

	it("tells entries without a basename apart, and repeated ones not", async () => {
		const date = "DATE: 03/18/2017 00:00:00\n";
		const { entries } = await read(entry("one", date) + entry("two", date) + entry("two", date));
		const ids = entries.map(({ id }) => id);
		expect(ids[1]).not.toBe(ids[0]);
		expect(ids[2]).toBe(ids[1]);
	});

	it("makes posts that read like the old ones", async () => {
		const blog = await newBlog();
		try {
			const run = await blog.import({ "export.txt": fixture });
			const files = blog.files();
			const post = Object.values(files).find((text) => text.includes("今朝の"));
			expect(post).toContain("今朝の霧は濃い。");
			expect(post).toContain("<!--more-->");
			expect(post).toContain("aliases:\n  - /entry/2017/03/18/182252\n");
			expect(post).toContain("categories:\n  - 港\n  - 日記\n");
			const plain = Object.values(files).find((text) => text.includes("second line"));
			expect(plain).toMatch(/First line {2}\nsecond line\.|First line\\\nsecond line\./);
			expect(plain).toMatch(/\*\*bold\*\* paragraph\.\n\n<table>/);
			expect(plain).toContain("categories:\n  - Ports\n  - North\n");
			expect(plain).toContain("tags:\n  - two, words\n  - fog\n");
			expect(plain).toContain("summary: In short.");
			expect(plain).toContain("draft: true");
			expect(run.reports.join("\n")).toContain("keywords: fog, horn");
			const rows = blog.sqlite.prepare("SELECT name, source FROM comments ORDER BY id").all();
			expect(rows).toHaveLength(4);
			expect(rows[3]).toMatchObject({
				name: "別のブログ",
				source: expect.stringContaining("Trackback: https://another.example/fog/"),
			});
		} finally {
			blog.remove();
		}
	});

	it("makes no line breaks below tables and lists, and takes pictures instead of their thumbnails, as FC2 shows them", async () => {
		const blog = await newBlog();
		try {
			const body = `one\ntwo\n<ul>\n<li>item</li>\n</ul>\n<table>\n<tr>\n<td>cell</td>\n</tr>\n</table>\n<a href="https://blog-imgs.example/a.jpg" target="_blank"><img src="https://blog-imgs.example/as.jpg" alt="a"></a>`;
			await blog.import({
				"export.txt": entry(body, "CONVERT BREAKS: default\nDATE: 03/18/2017 12:00:00\n"),
			});
			const text = Object.values(blog.files()).find((file) => file.includes("cell")) ?? "";
			expect(text).toMatch(/one(?:\\| {2})\ntwo\n\n[-*] +item\n/);
			expect(text).not.toContain("<br");
			expect(text).toContain("![a](https://blog-imgs.example/a.jpg)");
			expect(text).not.toContain("as.jpg");
		} finally {
			blog.remove();
		}
	});

	it("refuses a file that ends within an entry", async () => {
		await expect(read("TITLE: T\n-----\nBODY:\nx\n-----\n")).rejects.toThrow(
			/export\.txt:5: .*incomplete; export it again/,
		);
	});
});

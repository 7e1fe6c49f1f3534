import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { composeMail } from "../../../src/notifications/mail.ts";
import { addDirections, directionOf, isolate } from "../../../src/text/direction.ts";
import { inLanguage } from "../../../src/web/ui/in-language.ts";

const views = globSync("src/web/**/*.tsx").map((file) => ({ file, text: readFileSync(file, "utf8") }));

/** Lists the opening tags of an element in all views. */
const tags = (pattern: RegExp) =>
	views.flatMap(({ file, text }) =>
		[...text.matchAll(pattern)].map(({ index }) => {
			const end = text.slice(index).search(/\/>|(?<![=-])>\s*(?:\n|\{|<|[A-Za-z(])/);
			return `${file}: ${text.slice(index, index + end).replace(/\s+/g, " ")}`;
		}),
	);

describe("the direction of a language", () => {
	it.each([
		"ar",
		"he",
		"fa",
		"ur",
		"pa-Arab",
		"ckb",
		"dv",
		"yi",
		"sd",
		"ug",
		"ar-EG",
		"und-Hebr",
		"en-Arab",
		"ku-Arab",
		"nqo",
		"syr",
	])("is right to left for %s", (tag) => {
		expect(directionOf(tag)).toBe("rtl");
		expect(inLanguage(tag)).toEqual({ lang: tag, dir: "rtl" });
	});

	it.each(["en", "ja", "pa", "ar-Latn", "he-Latn", "ku", "az", "und", "und-Latn", "tlh", "zh-Hant"])(
		"is left to right for %s",
		(tag) => {
			expect(directionOf(tag)).toBe("ltr");
			expect(inLanguage(tag)).toEqual({ lang: tag });
			expect(inLanguage(tag, "ar")).toEqual({ lang: tag, dir: "ltr" });
		},
	);
});

describe("what a visitor wrote", () => {
	it("is typed into fields that follow its direction, on every page", () => {
		const fields = [...tags(/<textarea\b/g), ...tags(/<input\b/g)];
		expect(fields.length).toBeGreaterThan(30);
		const others = /type="(?:hidden|checkbox|date)"|inputmode="numeric"|name=\{honeypotName\}/;
		expect(fields.filter((field) => !others.test(field) && !field.includes('dir="auto"'))).toEqual([]);
	});

	it("has its direction wherever a view names a language", () => {
		// The language of a comment is a guess; its blocks have their own directions.
		const named = tags(/<[a-z]+\b(?=[^<>]*\slang=)/g).filter((tag) =>
			/\slang=\{(?!\w+\.lang \?\? undefined)/.test(tag),
		);
		expect(named).toEqual([]);
	});

	it("has a direction in every block", () => {
		expect(addDirections("<p>a</p>\n<pre><code>b</code></pre>")).toBe(
			'<p dir="auto">a</p>\n<pre dir="auto"><code>b</code></pre>',
		);
		expect(addDirections("<ul>\n<li>قطة</li>\n</ul>")).toBe('<ul dir="rtl">\n<li dir="auto">قطة</li>\n</ul>');
		expect(addDirections('<ol start="3">\n<li>cat قطة</li>\n</ol>')).toBe(
			'<ol dir="auto" start="3">\n<li dir="auto">cat قطة</li>\n</ol>',
		);
		expect(addDirections("<blockquote>\n<p>&quot;<strong>שלום</strong></p>\n</blockquote>")).toContain(
			'<blockquote dir="rtl">\n<p dir="auto">',
		);
	});

	it("is isolated in a sentence when it has letters from right to left", () => {
		expect(isolate("ليلى")).toBe("\u2068ليلى\u2069");
		expect(isolate("Ann ✓ 花子")).toBe("Ann ✓ 花子");
	});

	it("has a direction in mails", () => {
		const { html } = composeMail({
			...{ key: "", at: 0, to: "", subject: "a", lang: "ar" },
			blocks: [
				{ type: "heading", text: "a" },
				{ type: "quote", text: "b", lang: null },
				{ type: "link", text: "c", url: "https://a.example/" },
				{ type: "footer", text: "d" },
			],
		});
		expect(html).toContain('<html lang="ar" dir="rtl">');
		expect(html.match(/<(?:p|blockquote)\b[^>]*>/g)?.every((tag) => tag.includes('dir="auto"'))).toBe(true);
	});
});

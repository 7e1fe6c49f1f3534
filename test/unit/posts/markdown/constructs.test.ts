import { describe, expect, it } from "vitest";
import { render } from "../../../support/render.ts";

describe("a site's settings of Markdown", () => {
	it("leave dollar signs as typed", async () => {
		const text = "costs $x^2$ and $`y`$ *a*\n\n$$\nz\n$$\n\n```math\nz\n```";
		const html = await render(text, { math: false });
		expect(html).not.toContain("<math");
		expect(html).toContain("$x^2$ and $<code>y</code>$ <em>a</em>");
		expect((await render(text)).match(/<math/g)).toHaveLength(4);
	});

	it.each([
		["en", `"a 'b' c" -- it's '90s... x---y 1--2 --help`, "“a ‘b’ c” – it’s ’90s… x—y 1–2 --help"],
		["en", '"*a*" and (*"b"*) "[c](/d)".', '“<em>a</em>” and (<em>“b”</em>) “<a href="/d">c</a>”.'],
		[
			"en",
			'`"a" -- b` \\"c\\" https://a.example/--b',
			'<code>&quot;a&quot; -- b</code> &quot;c&quot; <a href="https://a.example/--b">https://a.example/--b</a>',
		],
		["de", "\"a\" 'b'", "„a“ ‚b‘"],
		["fr", '"a"', "«\u00A0a\u00A0»"],
		["ja", '"a"は「b」', "“a”は「b」"],
	])("set the quotation marks and dashes of %s: %s", async (typography, text, html) => {
		expect(await render(text, { typography })).toBe(`<p>${html}</p>\n`);
		expect(await render(text)).not.toMatch(/[“”‘’„‚«–—…]/);
	});

	it("replace the names of emoji, but none in code or of others", async () => {
		const text = ":tada: `:tada:` :constructor: a:tada:b 10:tada:30 :tada::tada:";
		expect(await render(text, { emoji: { tada: "🎉" } })).toBe(
			"<p>🎉 <code>:tada:</code> :constructor: a:tada:b 10:tada:30 🎉:tada:</p>\n",
		);
	});
});

describe("a callout", () => {
	it.each(["[!note]", "[!NOTE]", "[!Note]"])("may be in any case: %s", async (mark) => {
		expect(await render(`> ${mark}\n> a`)).toContain(
			'<div class="callout callout-note">\n<p class="callout-title">Note</p>\n<p>a</p>',
		);
	});

	it("may have a title, with its kind for those who do not see colours", async () => {
		expect(await render("> [!tip] A *b*\n> c\nd")).toBe(
			'<div class="callout callout-tip">\n<p class="callout-title"><span class="visually-hidden">Tip: </span>A <em>b</em></p>\n<p>c\nd</p>\n</div>\n',
		);
	});

	it("may fold", async () => {
		expect(await render("> [!warning]- A\n> b")).toMatch(
			/^<details class="callout callout-warning">\n<summary class="callout-title">.*A<\/summary>\n<p>b<\/p>\n<\/details>/,
		);
		expect(await render("> [!warning]+\n> b")).toMatch(
			/^<details class="callout callout-warning" open>\n<summary class="callout-title">Warning<\/summary>/,
		);
	});

	it("is a quote if its kind is another", async () => {
		expect(await render("> [!info]\n> a")).toBe("<blockquote>\n<p>[!info]\na</p>\n</blockquote>\n");
	});
});

describe("a heading", () => {
	it("may have an id of its own, which comes before those made of text", async () => {
		const html = await render("## B\n\n## A {#b}\n\nC {#c}\n===\n\n## D {#b}");
		expect([...html.matchAll(/<h\d id="([^"]*)">([^<]*) </g)].map(([, id, text]) => `${id} ${text}`)).toEqual(
			["b-2 B", "b A", "c C", "b-1 D"],
		);
	});
});

describe("a character reference", () => {
	it.each([
		"&hellip;",
		"&#8230;",
		"&#x2026;",
		"&CounterClockwiseContourIntegral;",
		"&NotEqualTilde;",
		"&ngE;",
	])("is decoded in headings, contents, ids, descriptions and captions: %s", async (reference) => {
		const character = (await render(reference)).replace(/<\/?p>|\n/g, "");
		expect(character).not.toContain("&");
		const html = await render(`## a ${reference} b\n\n## c\n\n![${reference}](/x.png "${reference}")`, {
			contents: true,
		});
		expect(html.split(character).length - 1, html).toBeGreaterThanOrEqual(4);
		expect(html).not.toContain(reference);
	});

	it.each(["&constructor;", "&valueOf;", "&toString;", "&hasOwnProperty;", "&copy", "&notit;", "&nope;"])(
		"is text if HTML has none of its name: %s",
		async (reference) => {
			const shown = reference.replace("&", "&amp;");
			const html = await render(
				`## a ${reference}\n\n## b\n\n![${reference}](/x.png "${reference}") ${reference}`,
				{ contents: true },
			);
			expect(html.split(shown).length - 1, html).toBeGreaterThanOrEqual(4);
			expect(html).not.toMatch(/function|\[object/);
		},
	);
});

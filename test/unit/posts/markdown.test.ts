import { describe, expect, it } from "vitest";
import { ja } from "../../../src/web/ui/strings/ja.ts";
import { render } from "../../support/render.ts";

const images = { "/media/map.png": { width: 640, height: 480 }, "/media/猫.png": { width: 8, height: 9 } };

describe("a post's Markdown", () => {
	it("has headings with unique anchors in every script, and a link to each", async () => {
		const html = await render("## はじめに\n\n## はじめに\n\n## Hello, *World*");
		expect(html).toMatch(
			/<h2 id="はじめに">はじめに <a class="anchor" href="#[%\w]+" aria-label="[^"]+">#<\/a>/,
		);
		expect(html).toContain('<h2 id="はじめに-1">');
		expect(html).toContain(
			'<h2 id="hello-world">Hello, <em>World</em> <a class="anchor" href="#hello-world" aria-label="Link to this section">#</a></h2>',
		);
	});

	it("gives images dimensions, and renders an image with a title as a figure", async () => {
		expect(await render('![A map](/media/map.png "Where we are")', { images })).toBe(
			'<figure><img src="/media/map.png" alt="A map" width="640" height="480" fetchpriority="high" decoding="async"><figcaption>Where we are</figcaption></figure>\n',
		);
		expect(await render("![猫](/media/猫.png)", { images })).toContain('width="8" height="9"');
	});

	it("decodes every named character where markup is not shown", async () => {
		expect(await render('## caf&eacute; &rarr; &#x1F408;\n\n![&frac12; &notit;](/a.png "&hearts;")')).toMatch(
			/^<h2 id="café--">.*\n<figure><img src="\/a\.png" alt="½ &amp;notit;".*<figcaption>♥<\/figcaption>/,
		);
	});

	it("loads the first image eagerly and the others lazily", async () => {
		const html = await render("![a](/media/map.png)\n\n![b](/media/map.png)", { images });
		expect(html.match(/fetchpriority="\w+"|loading="\w+"/g)).toEqual([
			'fetchpriority="high"',
			'loading="lazy"',
		]);
	});

	it("offers responsive variants of an image", async () => {
		const narrower = [720, 1440].map((width) => ({ src: `/media/海-${width}.webp`, width }));
		const html = await render("![海](/media/海.jpg)", {
			images: { "/media/海.jpg": { width: 3000, height: 2000, variants: narrower } },
		});
		expect(html).toContain(
			'srcset="/media/%E6%B5%B7-720.webp 720w, /media/%E6%B5%B7-1440.webp 1440w" sizes="(min-width: 46rem) 43rem,',
		);
	});

	it("has GFM: scrollable tables, task lists, strikethrough, autolinks", async () => {
		const html = await render("| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [x] done\n\n~~no~~ https://example.com/");
		expect(html).toContain('<div class="table" tabindex="0"><table>');
		expect(html).toContain('<td class="right">2</td>');
		expect(html).toContain('<input type="checkbox" disabled checked aria-label="Done">');
		expect(html).toContain("<del>no</del>");
		expect(html).toContain('<a href="https://example.com/">');
	});

	it("breaks lines if the site enables it", async () => {
		expect(await render("a\nb")).toBe("<p>a\nb</p>\n");
		expect(await render("a\nb", { breaks: true })).toBe("<p>a<br>b</p>\n");
	});

	it("survives an invalid address", async () => {
		expect(await render("![a](%E0%A4%A)")).toContain("<img");
		expect(await render("[a](<\uD800>) ![b](<\uD800>)")).toContain("a");
	});

	it("resolves links to Markdown files", async () => {
		expect(await render("[x](./b.md#part)", { links: { "./b.md#part": "/2024/01/02/b/#part" } })).toBe(
			'<p><a href="/2024/01/02/b/#part">x</a></p>\n',
		);
	});

	it("has footnotes at the end, with a back link to every reference", async () => {
		const html = await render(
			"One[^a] and two[^b], and one again[^a].\n\n[^a]: The first.\n[^b]: The *second*.",
		);
		expect(html).toMatch(/<sup><a id="footnote-ref-a" href="#footnote-a"[^>]*>1<\/a><\/sup>/);
		expect(html).toMatch(/<sup><a id="footnote-ref-a-2" href="#footnote-a"[^>]*>1<\/a><\/sup>/);
		expect(html).toMatch(
			/<li id="footnote-a">\s*<p>The first\..*href="#footnote-ref-a".*href="#footnote-ref-a-2"/s,
		);
		expect(html).toContain('<span class="visually-hidden">Back to reference 1</span>↩<sup>2</sup></a>');
		expect(html).toContain("<em>second</em>");
		expect(html).not.toContain("[^");
	});

	it.each([
		["NOTE", "note", "Note", "補足"],
		["TIP", "tip", "Tip", "ヒント"],
		["IMPORTANT", "important", "Important", "重要"],
		["WARNING", "warning", "Warning", "注意"],
		["CAUTION", "caution", "Caution", "警告"],
	])("renders [!%s] as a callout, in the post's language", async (sign, name, english, japanese) => {
		const markdown = `> [!${sign}]\n> Some **text**.`;
		expect(await render(markdown)).toBe(
			`<div class="callout callout-${name}">\n<p class="callout-title">${english}</p>\n<p>Some <strong>text</strong>.</p>\n</div>\n`,
		);
		expect(await render(markdown, { labels: ja })).toContain(`<p class="callout-title">${japanese}</p>`);
	});

	it("has definition lists", async () => {
		expect(await render("Cat\nFeline\n: A small animal.\n: A *state of mind*.\n\nDog\n: Another.\n")).toBe(
			"<dl>\n<dt>Cat</dt>\n<dt>Feline</dt>\n<dd>A small animal.</dd>\n<dd>A <em>state of mind</em>.</dd>\n<dt>Dog</dt>\n<dd>Another.</dd>\n</dl>\n",
		);
		expect(await render("Cat\n: First.\n\n    - one\n    - two\n\nAfter.")).toMatch(
			/<dd><p>First\.<\/p>\n<ul>\n<li>one<\/li>\n<li>two<\/li>\n<\/ul>\n<\/dd>\n<\/dl>\n<p>After\.<\/p>/,
		);
		expect(await render("No list\n:here")).toBe("<p>No list\n:here</p>\n");
	});

	it("has a table of contents if the post enables it", async () => {
		const markdown = "Text.\n\n## One & *two*\n\n### Inner\n\n## 次\n\n#### Deep";
		expect(await render(markdown)).not.toContain("<nav");
		expect(await render(markdown, { contents: true })).toMatch(
			/^<nav class="contents" aria-label="Contents"><p>Contents<\/p><ol><li><a href="#one--two">One &amp; two<\/a><ol><li><a href="#inner">Inner<\/a><\/li><\/ol><\/li><li><a href="#%E6%AC%A1">次<\/a><\/li><\/ol><\/nav>\n<p>Text/,
		);
		expect(await render("## Only", { contents: true })).not.toContain("<nav");
	});

	it("has ruby readings for a word or for each character", async () => {
		expect(await render("{漢字|かんじ}")).toBe(
			"<p><ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby></p>\n",
		);
		expect(await render("{漢字|かん|じ}")).toBe(
			"<p><ruby>漢<rp>（</rp><rt>かん</rt><rp>）</rp>字<rp>（</rp><rt>じ</rt><rp>）</rp></ruby></p>\n",
		);
		expect(await render("{漢字|か|ん|じ} {a|b} `{漢|かん}`")).toBe(
			"<p>{漢字|か|ん|じ} {a|b} <code>{漢|かん}</code></p>\n",
		);
		expect(await render("{<b>漢|<i>}")).toContain("<ruby>&lt;b&gt;漢");
	});

	it("has bilingual passages in two columns", async () => {
		expect(await render("Before\n::: pair en ja\nThe *cat* sits.\n\n---\n\n猫が座る。\n:::\nAfter")).toBe(
			'<p>Before</p>\n<div class="pair">\n<div lang="en" dir="ltr">\n<p>The <em>cat</em> sits.</p>\n</div>\n<div lang="ja" dir="ltr">\n<p>猫が座る。</p>\n</div>\n</div>\n<p>After</p>\n',
		);
	});

	it("keeps raw HTML", async () => {
		expect(await render("<details><summary>More</summary>\n\n*Text*\n\n</details>")).toContain(
			"<em>Text</em>",
		);
	});
});

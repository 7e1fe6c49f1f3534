import { describe, expect, it } from "vitest";
import { markdownRenderer } from "../../src/posts/markdown.ts";

const render = markdownRenderer({
	breaks: false,
	images: { "/media/map.png": { width: 640, height: 480 }, "/media/猫.png": { width: 8, height: 9 } },
});

describe("a post's Markdown", () => {
	it("has heading anchors in every script, unlike each other", () => {
		expect(render("## はじめに\n\n## はじめに\n\n## Hello, World")).toBe(
			'<h2 id="はじめに">はじめに</h2>\n<h2 id="はじめに-1">はじめに</h2>\n<h2 id="hello-world">Hello, World</h2>\n',
		);
		expect(render("## はじめに")).toContain('id="はじめに"');
	});

	it("keeps an image's place and makes a figure of one with a title", () => {
		expect(render('![A map](/media/map.png "Where we are")')).toBe(
			'<figure><img src="/media/map.png" alt="A map" width="640" height="480" loading="lazy" decoding="async"><figcaption>Where we are</figcaption></figure>\n',
		);
		expect(render("![猫](/media/猫.png)")).toContain('width="8" height="9"');
	});

	it("has GFM: tables that scroll by themselves, task lists, strikethrough, autolinks", () => {
		const html = render("| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [x] done\n\n~~no~~ https://example.com/");
		expect(html).toContain('<div class="table" tabindex="0"><table>');
		expect(html).toContain('<td class="right">2</td>');
		expect(html).toContain('type="checkbox"');
		expect(html).toContain("<del>no</del>");
		expect(html).toContain('<a href="https://example.com/">');
	});

	it("shows code as it was typed", () => {
		expect(render("```ts\nif (a < b && c) {}\n```")).toBe(
			'<pre tabindex="0"><code class="language-ts">if (a &lt; b &amp;&amp; c) {}\n</code></pre>\n',
		);
		expect(render('```"><script>\nx\n```')).not.toContain("<script>");
	});

	it("breaks lines where the site says so", () => {
		expect(render("a\nb")).toBe("<p>a\nb</p>\n");
		expect(markdownRenderer({ breaks: true, images: {} })("a\nb")).toBe("<p>a<br>b</p>\n");
	});

	it("survives an address that is no address", () => {
		expect(render("![a](%E0%A4%A)")).toContain("<img");
	});
});

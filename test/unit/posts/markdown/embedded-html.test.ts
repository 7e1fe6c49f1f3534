import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { embeddedHtml } from "../../../../src/posts/markdown/embedded-html.ts";
import { cpuTime } from "../../../support/cpu-time.ts";
import { render } from "../../../support/render.ts";

const path = "/2024/05/04/rich/";
const inList = (html: string) => embeddedHtml(html, { path, siteUrl: null });
const inFeed = (html: string) => embeddedHtml(html, { path, siteUrl: "https://cats.example" });

describe("a body's HTML in a list", () => {
	it("has no table of contents, no anchors and no ids", async () => {
		const html = inList(await render("## One\n\n## Two\n\ntext[^1]\n\n[^1]: note", { contents: true }));
		expect(html).toContain("<h2>One</h2>\n<h2>Two</h2>\n");
		expect(html).not.toMatch(/<nav|class="anchor"|\sid=/);
		expect(html).toContain(`href="${path}#footnote-1"`);
	});

	it.each([
		["<p id='a' class=b>x", '<p class="b">x'],
		["<P ID=a>x</P>", "<p>x</P>"],
		['<b title="a > b" id="c">x</b>', '<b title="a &gt; b">x</b>'],
		["<b data-id='a' title='an id=\"x\"'>x</b>", "<b data-id='a' title='an id=\"x\"'>x</b>"],
		["<A HREF=#part>x</A>", `<a HREF="${path}#part">x</A>`],
		['<a href="/x">x</a> <!-- <a id="y"> -->', '<a href="/x">x</a> <!-- <a id="y"> -->'],
		['<svg><circle r="1" id="c"/><path/></svg>', '<svg><circle r="1" id="2024-05-04-rich-c" /><path/></svg>'],
		['1 < 2 &amp; <pre>\n id="x"\n</pre>', '1 < 2 &amp; <pre>\n id="x"\n</pre>'],
		['<nav class="contents"', '<nav class="contents"'],
	])("adapts %s", (html, expected) => {
		expect(inList(html)).toBe(expected);
	});

	it("leads where it leads on the body's own page, wherever it is shown", () => {
		const addresses = "x ../x ./x?y#z ?y #z . .. ../../../.. x/y:z /x //a.example/x mailto:a@b.example".split(
			" ",
		);
		const tags = [
			(address: string) => `<a href="${address}">`,
			(address: string) => `<video poster="${address}">`,
			(address: string) => `<img src="/x" srcset="${address} 2x, ${address}">`,
		];
		const origin = "https://cats.example";
		for (const address of addresses) {
			for (const tag of tags) {
				if (tag !== tags[0] && address.startsWith("#")) continue;
				const there = new URL(address, origin + path).href;
				const found = /(?:href|poster|srcset)="([^" ]*)/.exec(inList(tag(address)))?.[1] ?? "";
				expect(new URL(found, `${origin}/page/2/`).href).toBe(there);
				const inEntry = /(?:href|poster)="([^" ]*)/.exec(inFeed(tag(address)))?.[1];
				if (inEntry !== undefined) expect(inEntry).toBe(there);
			}
		}
	});

	it("keeps text without ids byte for byte", () => {
		const piece = fc.constantFrom(
			..."<>/=\"'&; \n!-[]ax#",
			"<a ",
			"<!--",
			"-->",
			"</p>",
			"<br/>",
			"&amp;",
			"<svg>",
			"<script>",
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
				const html = pieces.join("");
				expect(inList(html)).toBe(html);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe("a body's HTML in a feed", () => {
	it.each([
		['<a href="/x?a&amp;b">x</a>', '<a href="https://cats.example/x?a&amp;b">x</a>'],
		["<A HREF='/x'>x</A>", '<a HREF="https://cats.example/x">x</A>'],
		["<a href=/x>x</a>", '<a href="https://cats.example/x">x</a>'],
		['<a href="#part">x</a>', '<a href="https://cats.example/2024/05/04/rich/#part">x</a>'],
		['<a href="other">x</a>', '<a href="https://cats.example/2024/05/04/rich/other">x</a>'],
		['<a href="//a.example/x">x</a>', '<a href="https://a.example/x">x</a>'],
		['<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'],
		['<a href="">x</a>', '<a href="">x</a>'],
		[
			"<video poster='/p.png' src=/v.mp4></video>",
			'<video poster="https://cats.example/p.png" src="https://cats.example/v.mp4"></video>',
		],
		['<blockquote cite="/c">x</blockquote>', '<blockquote cite="https://cats.example/c">x</blockquote>'],
		['<object data="/o.pdf"></object>', '<object data="https://cats.example/o.pdf"></object>'],
		['<p data="/o">x</p>', '<p data="/o">x</p>'],
		[
			'<form action="/f"><button formaction="/g">x</button></form>',
			'<form action="https://cats.example/f"><button formaction="https://cats.example/g">x</button></form>',
		],
		[
			'<source srcset="/a,1.webp 1x,/b.webp 2x, /c.webp" media="print">',
			'<source srcset="https://cats.example/a,1.webp 1x,https://cats.example/b.webp 2x, https://cats.example/c.webp" media="print">',
		],
		[
			'<img srcset="/a.webp, /b.webp 2x">',
			'<img srcset="https://cats.example/a.webp, https://cats.example/b.webp 2x">',
		],
		[
			"<img SRC='/a.png' srcset='/b.png 2x' sizes='1px' alt=''>",
			'<img SRC="https://cats.example/a.png" alt="">',
		],
		[
			'<a href="/x" ping="/p https://a.example/q">x</a>',
			'<a href="https://cats.example/x" ping="https://cats.example/p https://a.example/q">x</a>',
		],
		['<svg><use href="#part"/></svg>', '<svg><use href="#2024-05-04-rich-part" /></svg>'],
		["<code>href=\"/x\"</code> <!-- <a href='/x'> -->", "<code>href=\"/x\"</code> <!-- <a href='/x'> -->"],
	])("makes the addresses of %s absolute", (html, expected) => {
		expect(inFeed(html)).toBe(expected);
	});

	it("keeps the addresses of a site below a path there", () => {
		expect(embeddedHtml('<a href="/x">x</a>', { path, siteUrl: "https://cats.example/blog" })).toBe(
			'<a href="https://cats.example/blog/x">x</a>',
		);
	});

	it("takes time in proportion to the text", () => {
		const started = cpuTime();
		for (const part of [
			"<",
			"<a ",
			'<a href="',
			"<b>",
			"<a id=x>",
			"<svg>",
			"&",
			"<!--",
			"<img srcset=',,,,",
			"</p>",
		])
			inFeed(part.repeat(100_000 / part.length));
		expect(cpuTime() - started).toBeLessThan(5000);
	});
});

describe("ids in an embedded text", () => {
	it("go with all that refers to them, except within a drawing, where they stay unique", async () => {
		const html = await render(
			'a[^1] <label for="x">b</label>\n\n[^1]: c\n\n<svg><defs><g id="g"></g></defs><use href="#g"/><path fill="url(#g)"/></svg>',
		);
		const embedded = embeddedHtml(html, { path: "/2024/a/", siteUrl: null });
		expect(embedded).not.toMatch(/aria-describedby|for=| id="(?!2024-a-)/);
		expect(embedded).toContain(
			'<g id="2024-a-g"></g></defs><use href="#2024-a-g" /><path fill="url(#2024-a-g)" />',
		);
	});
});

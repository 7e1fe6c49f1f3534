import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderCommentMarkdown } from "../../../../src/comments/markdown.ts";
import { convertComment, fitComment } from "../../../../src/import/convert/comment.ts";
import { visibleText } from "../../../../src/import/convert/comment-html.ts";
import { escapeHtml } from "../../../../src/posts/html.ts";
import { toXmlText } from "../../../../src/text/xml.ts";
import { anyText } from "../../../support/arbitraries.ts";

const bare = (text: string) => toXmlText(text).replace(/\s+/g, "");

/** Text of the signs that Markdown and HTML are made of. */
const signs = fc
	.array(
		fc.constantFrom(
			..."*_`[]()<>&#-+=.!1 \n\\~:/@|'\"$a猫。".split(""),
			"https://a.example/b_c*d",
			"www.a.example",
			"&amp;",
			"<b>",
		),
		{
			maxLength: 30,
		},
	)
	.map((parts) => parts.join(""));

describe("convertComment", () => {
	it.each(["plain", "wordpress", "html"] as const)("shows the words of any %s text", (format) => {
		fc.assert(
			fc.property(fc.oneof(anyText, signs), (text) => {
				const written = format === "plain" ? text : escapeHtml(text);
				const { source, html } = convertComment({ format, text: written });
				expect(bare(visibleText(html))).toBe(bare(text));
				expect(html).toBe(renderCommentMarkdown(source));
			}),
			{ numRuns: 1500 },
		);
	});

	it("stores what the renderer makes of any text", () => {
		const words = fc.constantFrom(
			"Hello",
			"猫です。",
			"well, ",
			"yes!",
			"\n",
			" ",
			"it's",
			"a.b",
			"1.",
			"(x)",
			"🐈",
			"?",
			"x\ny",
		);
		fc.assert(
			fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
				const { source, html } = convertComment({ format: "plain", text: parts.join("") });
				expect(html).toBe(renderCommentMarkdown(source));
			}),
			{ numRuns: 2000 },
		);
	});

	it.each([
		["<p>One <b>two</b></p><p>three<br>four</p>", "One **two**\n\nthree\nfour"],
		[
			'See <a href="https://a.example/x_y">this</a> and <a href="https://b.example/">https://b.example/</a>',
			"See [this](https://a.example/x_y) and https://b.example/",
		],
		["<ul><li>a</li><li>b</li></ul>", "- a\n- b"],
		["<blockquote>said</blockquote>right", "> said\n\nright"],
		["<pre><code>if (a &lt; b)\n  c()</code></pre>", "```\nif (a < b)\n  c()\n```"],
		['<img src="https://a.example/cat.png" alt="a cat">', "[a cat](https://a.example/cat.png)"],
		['<a href="javascript:alert(1)">x</a><script>alert(1)</script>', "x"],
		["これは<strong>強調。</strong>続く", "これは**強調。**続く"],
		["<code>a_b</code> &amp;lt;", "`a_b` \\&lt;"],
	])("makes Markdown of %s", (html, markdown) => {
		expect(convertComment({ format: "html", text: html }).source).toBe(markdown);
	});

	it("keeps the line ends of WordPress", () => {
		expect(convertComment({ format: "wordpress", text: "a *b*\nc\n\nd <em>e</em>" }).source).toBe(
			"a \\*b\\*\nc\n\nd *e*",
		);
	});
});

describe("fitComment", () => {
	const convert = (text: string) => convertComment({ format: "plain", text });

	it("leaves what fits as it is", () => {
		const text = convert("Short *words*.");
		expect(fitComment(text, 40_000)).toEqual({ ...text, reason: null });
	});

	it("keeps all words of a comment whose markup is too long", () => {
		const text = convertComment({
			format: "markdown",
			text: "see [one](https://a.example/x) now\n\nand **then**",
		});
		const { html, reason } = fitComment(text, 60);
		expect(bare(visibleText(html))).toBe("seeonenowandthen");
		expect(html.match(/<p>|<br>/g)).toHaveLength(2);
		expect(html).not.toContain("<a");
		expect(reason).toMatch(/markup/);
	});

	it("cuts any other within the limit, says so in it and in the report, and loses no word before the cut", () => {
		fc.assert(
			fc.property(fc.oneof(anyText, signs), fc.integer({ min: 30, max: 120 }), (text, limit) => {
				const whole = convert(text.repeat(4));
				const { source, html, reason } = fitComment(whole, limit);
				expect(html.length).toBeLessThanOrEqual(limit);
				expect(source.length).toBeLessThanOrEqual(limit);
				expect(html).toBe(renderCommentMarkdown(source));
				expect(reason === null).toBe(source === whole.source);
				if (reason === null || !source.endsWith("[…]")) return;
				expect(reason).toContain("it is cut after");
				expect(whole.source.startsWith(source.slice(0, -" […]".length))).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});
});

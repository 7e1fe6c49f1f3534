import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderCommentMarkdown } from "../../../src/comments/markdown.ts";

describe("renderCommentMarkdown", () => {
	it.each([
		["paragraphs and line breaks", "a\nb\n\nc", "<p>a<br>b</p>\n<p>c</p>"],
		["emphasis", "*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>"],
		["quotes", "> a", "<blockquote>\n<p>a</p>\n</blockquote>"],
		["lists", "- a\n\n3. b", '<ul>\n<li>a</li>\n</ul>\n<ol start="3">\n<li>b</li>\n</ol>'],
		["code blocks", "```js\n1 < 2\n```", "<pre><code>1 &lt; 2</code></pre>"],
		[
			"links",
			"[a](https://example.com/?a=1&b=2)",
			'<p><a href="https://example.com/?a=1&amp;b=2" rel="nofollow ugc noopener">a</a></p>',
		],
		[
			"bare links",
			"https://example.com/",
			'<p><a href="https://example.com/" rel="nofollow ugc noopener">https://example.com/</a></p>',
		],
		[
			"mail links",
			"[me](mailto:me@example.com)",
			'<p><a href="mailto:me@example.com" rel="nofollow ugc noopener">me</a></p>',
		],
	])("renders %s", (_, source, html) => {
		expect(renderCommentMarkdown(source)).toBe(html);
	});

	it.each([
		["raw HTML", "<b onclick=x>hi</b>", "<p>&lt;b onclick=x&gt;hi&lt;/b&gt;</p>"],
		["script", "<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"],
		["images", "![x](https://example.com/x.png)", "<p>![x](https://example.com/x.png)</p>"],
		["headings", "# a", "<p># a</p>"],
		["tables", "|a|\n|-|\n|b|", "<p>|a|<br>|-|<br>|b|</p>"],
		["rules", "---", "<p>---</p>"],
		["script links", "[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"],
		["data links", "[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>"],
		["links within the site", "[a](/admin)", "<p>[a](/admin)</p>"],
		["task boxes", "- [ ] a", "<ul>\n<li>[ ] a</li>\n</ul>"],
	])("leaves %s as plain text", (_, source, html) => {
		expect(renderCommentMarkdown(source)).toBe(html);
	});

	it.each([
		["quotes", "> ".repeat(4900)],
		["quote marks", ">".repeat(9900)],
		["lists", "- ".repeat(4900)],
		["quotes in lists", "> - ".repeat(2400)],
		["numbered lists in quotes", "1. > ".repeat(1900)],
		["lists by indentation", Array.from({ length: 130 }, (_, depth) => `${" ".repeat(depth)}- a`).join("\n")],
		["brackets", "[".repeat(9900)],
		["emphasis", "**a".repeat(3300)],
	])("survives ten thousand characters of nested %s", (_, source) => {
		expect(renderCommentMarkdown(source).length).toBeGreaterThan(0);
	});

	it("outputs only its own elements and attributes for any input", () => {
		const pieces = fc.constantFrom(
			..."<>\"'`*_~[]()!#&;:=/\\ \n\t".split(""),
			"a",
			"あ",
			"javascript:",
			"http://x.y",
			"<svg onload=",
			"<img src=x onerror=",
			"&lt;",
			"&#106;",
			"> ",
			"- ",
			"```",
			"](",
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
				const html = renderCommentMarkdown(parts.join(""));
				const tags = html.match(/<[^>]*>/g) ?? [];
				for (const tag of tags) {
					expect(tag).toMatch(
						/^<(\/?(p|em|strong|del|code|pre|blockquote|ul|ol|li|a)|br|ol start="\d+"|a href="(https?:|mailto:)[^"<>]*" rel="nofollow ugc noopener")>$/,
					);
				}
				expect(html.replace(/<[^>]*>/g, "")).not.toMatch(/[<>]/);
			}),
			{ numRuns: 2000 },
		);
	});
});

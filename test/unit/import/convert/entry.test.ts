import { describe, expect, it } from "vitest";
import type { NewAddresses } from "../../../../src/import/convert/addresses.ts";
import { convertEntry, render } from "../../../../src/import/convert/entry.ts";
import { parseHtml } from "../../../../src/import/convert/html.ts";
import { signatureOf } from "../../../../src/import/convert/signature.ts";

const addresses: NewAddresses = {
	base: "https://old.example/2019/03/fog/",
	link: (address) => (address === "https://old.example/2019/01/one/" ? "./one.md" : null),
	medium: (address) => (/uploads\/fog(?:-\d+x\d+)?\.jpg$/.test(address) ? "/media/fog.jpg" : null),
	mediumById: (id) => (id === "20" ? "/media/fog.jpg" : null),
};

const convert = async (text: string, format: "html" | "wordpress" = "html") =>
	(await convertEntry({ format, text }, addresses)).markdown;

describe("HTML becomes Markdown", () => {
	it.each([
		["<p>One <b>two</b> <i>three</i>.</p>", "One **two** *three*."],
		["<p>これは<strong>「強調。」</strong>続く</p>", "これは**「強調。」**続く"],
		["<h2>Head</h2><p>a<br>b</p>", "## Head\n\na\\\nb"],
		["<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"],
		['<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"],
		[
			'<pre class="brush: php"><code>if (a &lt; b)\n\n  c();</code></pre>',
			"```php\nif (a < b)\n\n  c();\n```",
		],
		["<blockquote><p>said</p></blockquote>", "> said"],
		[
			"<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2|3</td></tr></table>",
			"| a | b |\n| - | - |\n| 1 | 2\\|3 |",
		],
		[
			'<figure><img src="/uploads/fog-300x200.jpg" alt="Fog"><figcaption>The pier</figcaption></figure>',
			'![Fog](/media/fog.jpg "The pier")',
		],
		[
			'<a href="/uploads/fog.jpg"><img src="/uploads/fog-300x200.jpg" alt="Fog"></a>',
			"![Fog](/media/fog.jpg)",
		],
		[
			'<p><a href="/2019/01/one/">one</a> <a href="../other/">other</a></p>',
			"[one](./one.md) [other](https://old.example/2019/03/other/)",
		],
		[
			"<p>It costs $5 and $6, {a|b} [x] *y* _z_ &lt;b&gt; &amp;amp;</p>",
			"It costs \\$5 and \\$6, \\{a|b} \\[x] \\*y\\* \\_z\\_ \\<b> \\&amp;",
		],
		[
			"<p><ruby>漢字<rt>かんじ</rt></ruby>を<sub>2</sub></p>",
			"<ruby>漢字<rt>かんじ</rt></ruby>を<sub>2</sub>",
		],
		["<p>a</p><script>alert(1)</script><p onclick='x()' style='color:red'>b</p>", "a\n\nb"],
		['<iframe src="https://video.example/1"></iframe>', "<https://video.example/1>"],
	])("%s", async (html, markdown) => {
		expect(await convert(html)).toBe(markdown);
	});

	it.each([
		['<table><tr><td colspan="2">a</td></tr><tr><td>1</td><td>2</td></tr></table>', "<table>"],
		["<table><tr><th>a</th></tr><tr><td><p>1</p><p>2</p></td></tr></table>", "<table>"],
		["<dl><dt>a</dt><dd>b</dd></dl>", "<dl>"],
		["<details><summary>more</summary><p>x</p>\n\n<pre>a\n\nb</pre></details>", "<details>"],
		['<p>a<a href="#n1">1</a></p><ol><li id="n1">note</li></ol>', '<li id="n1">'],
		[
			'<figure><img src="/uploads/fog.jpg" alt=""><figcaption>By <a href="https://m.example/">M</a></figcaption></figure>',
			"<figure>",
		],
	])("stays HTML where Markdown has no sign: %s", async (html, start) => {
		const markdown = await convert(html);
		expect(markdown).toContain(start);
		expect(markdown).not.toMatch(/\n\n.*<\/(?:table|dl|details|figure)>/);
		const tree = parseHtml(html.replaceAll("/uploads/fog.jpg", "/media/fog.jpg"));
		expect(signatureOf(parseHtml(await render(markdown, false)))).toBe(signatureOf(tree));
	});
});

describe("WordPress's own text", () => {
	it.each([
		["One\n\ntwo\nthree", "One\n\ntwo\\\nthree"],
		["a<!--more-->b", "a\n\n<!--more-->\n\nb"],
		[
			'[caption id="x" width="300"]<img src="/uploads/fog.jpg" alt="Fog" /> The pier[/caption]',
			'![Fog](/media/fog.jpg "The pier")',
		],
		['[gallery ids="20,21"]', "![](/media/fog.jpg)"],
		['[code language="js"]\nif (a < b) {\n\n}\n[/code]', "```js\nif (a < b) {\n\n}\n```"],
		["[embed]https://video.example/1?a=1&amp;b=2[/embed]", "<https://video.example/1?a=1&b=2>"],
		["Say [[code]] and [mystery id=3].", "Say \\[code] and \\[mystery id=3]."],
		[
			'<!-- wp:embed {"url":"https://video.example/1"} --><figure><div>\nhttps://video.example/1\n</div></figure><!-- /wp:embed -->',
			"<https://video.example/1>",
		],
		[
			'<!-- wp:group --><div class="wp-block-group"><!-- wp:paragraph --><p>in</p><!-- /wp:paragraph --></div><!-- /wp:group -->',
			"in",
		],
		["<!-- wp:latest-posts /--><!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->", "x"],
	])("%s", async (text, markdown) => {
		expect(await convert(text, "wordpress")).toBe(markdown);
	});

	it("remarks on what has no counterpart", async () => {
		const { remarks } = await convertEntry(
			{ format: "wordpress", text: "[mystery id=3]\n\n<iframe src='https://video.example/1'></iframe>" },
			addresses,
		);
		expect(remarks.join("\n")).toMatch(/\[mystery\][\s\S]*embeds https:\/\/video\.example\/1/);
	});
});

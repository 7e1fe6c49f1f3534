import { describe, expect, it } from "vitest";
import { parseCodeInfo } from "../../../../src/posts/markdown/code.ts";
import { render } from "../../../support/render.ts";

const shown = (html: string) => html.replace(/<[^>]*>/g, "");

describe("code in a post", () => {
	it("is shown as typed", async () => {
		expect(await render("```\nif (a < b && c) {}\n```")).toBe(
			'<pre tabindex="0"><code>if (a &lt; b &amp;&amp; c) {}\n</code></pre>\n',
		);
		expect(await render('```"><script>\nx\n```')).not.toContain("<script>");
	});

	it("is highlighted with classes only, without changing the text", async () => {
		const html = await render('```ts\nconst cat: string = "猫 <3"; // a\n```');
		expect(html).toContain('<span class="hljs-keyword">const</span>');
		expect(html).toContain('<span class="hljs-comment">// a</span>');
		expect(html).not.toContain("style=");
		expect(shown(html)).toBe("const cat: string = &quot;猫 &lt;3&quot;; // a\n\n");
	});

	it("is plain text in an unknown language", async () => {
		expect(await render("```klingon\nHlja' <b>\n```")).toBe(
			'<pre tabindex="0"><code class="language-klingon">Hlja&#39; &lt;b&gt;\n</code></pre>\n',
		);
		expect(await render("```__proto__\nx\n```")).toContain(">x\n</code>");
	});

	it.each(
		"bash c cpp csharp css diff dockerfile go graphql html ini java javascript js json kotlin lua markdown php py python rb ruby rs rust sh sql swift toml ts tsx typescript xml yaml yml".split(
			" ",
		),
	)("knows %s", async (language) => {
		const { highlight } = await import("../../../../src/posts/markdown/highlighter.js");
		expect(highlight("x", language)).not.toBeNull();
	});

	it.each<[string, string | null, string | null]>([
		["ts:controller.ts", "ts", "controller.ts"],
		["rust,ignore", "rust", null],
		["rust, no_run", "rust", null],
		["{.python}", "python", null],
		["{.python .numberLines}", "python", null],
		["{r, echo=FALSE}", "r", null],
		["python=12", "python", null],
		["language-js", "js", null],
		["diff_ts:a.ts", "diff", "a.ts"],
		["diff js:a.js", "diff", null],
		["C++:main.cpp", "c++", "main.cpp"],
		[":Dockerfile", null, "Dockerfile"],
		["js title=a.js", "js", "a.js"],
		['js filename="a b.js" {1}', "js", "a b.js"],
		["{1,2}", null, null],
		['title="x"', null, "x"],
	])("has a language and a file name as other sites write them: %s", (info, language, title) => {
		expect(parseCodeInfo(info)).toMatchObject({ language, title });
	});

	it("highlights front matter as YAML, and its end not as the underline of a heading", async () => {
		const block = (text: string) => render(`\`\`\`markdown\n${text}\n\`\`\``);
		const html = await block("---\ntitle: Cats\ndate: 2026-11-03\n---\n\n# Cats\n\nTwo\n---");
		expect(html).toContain('<span class="hljs-attr">date:</span>');
		expect(html.match(/<span class="hljs-section">[^<]*/g)).toEqual([
			'<span class="hljs-section"># Cats',
			'<span class="hljs-section">Two\n---',
		]);
		expect(await block("Two\n---\na: b\n---")).not.toContain("hljs-attr");
	});

	it("marks lines, even within a multi-line comment, and has a title", async () => {
		const html = await render('```ts {2,4-5} title="src/cat.ts"\na;\n/* b\nc */\nd;\ne;\nf;\n```');
		expect(html).toMatch(/^<figure class="listing"><figcaption>src\/cat\.ts<\/figcaption><pre/);
		expect(html.match(/<mark>.*?<\/mark>/gs)).toEqual([
			'<mark><span class="hljs-comment">/* b</span>\n</mark>',
			"<mark>d;\n</mark>",
			"<mark>e;\n</mark>",
		]);
		expect(await render("```\na\n```".replace("```", "``` {1}"))).toContain("<code><mark>a\n</mark></code>");
		expect(shown(html)).toBe("src/cat.tsa;\n/* b\nc */\nd;\ne;\nf;\n\n");
	});

	it.each([
		["ts", { language: "ts", title: null, lines: [] }],
		["", { language: null, title: null, lines: [] }],
		['title="a b"', { language: null, title: "a b", lines: [] }],
		["c++ {1, 3-4}", { language: "c++", title: null, lines: [1, 3, 4] }],
		["js{9-1}", { language: "js", title: null, lines: [] }],
		["js {1-99999999999}", { language: "js", title: null, lines: [1, 2, 3, 4, 5, 6, 7, 8, 9] }],
	])("parses the info string %s", (info, { lines, ...rest }) => {
		const read = parseCodeInfo(info);
		expect({ ...read, lines: [...read.lines].slice(0, 9) }).toEqual({ ...rest, lines });
	});
});

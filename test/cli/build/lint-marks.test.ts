import { describe, expect, it } from "vitest";
import { buildFiles, post } from "../../support/workspace.ts";

const warned = async (body: string, site = "title: T\n") =>
	(await buildFiles({ "site.yaml": site, "posts/x.md": post("", body) })).warnings;

describe("what looks like a mark and is not taken as one", () => {
	it.each([
		["a **b and c", "**"],
		["a ** b** c", "**"],
		["a ~~b and c", "~~"],
		["a `b and c", "`"],
		["[a] (/b/)", "[a] (/b/)"],
		["[a](/b/ “c”)", "[a](/b/ “c”)"],
		["[a]（/b/）", "[a]（/b/）"],
		["［a］(/b/)", "［a］(/b/)"],
		["[[a post]]", "[[a post]]"],
		["![[a.png]]", "![[a.png]]"],
		["[a][b]", "[a][b]"],
		["==a==", "==a=="],
		["%%a%%", "%%a%%"],
		["＊＊強調＊＊", "＊＊強調＊＊"],
		["｜漢字《かんじ》", "｜漢字《かんじ》"],
		["{漢字|か|ん|じ}", "{漢字|か|ん|じ}"],
		["{{< youtube x >}}", "{{< youtube x >}}"],
		["{% include x %}", "{% include x %}"],
		["@[youtube](x)", "@[youtube](x)"],
		["a {#b} c", "{#b}"],
		["##Heading", "##Heading"],
		["#見出し", "#見出し"],
		["＃ 見出し", "＃"],
		["＞ 引用", "＞"],
		["｀｀｀js", "｀｀｀"],
		["-[ ] a", "-[ ]"],
		["[[toc]]", "[[toc]]"],
		["[TOC]", "[TOC]"],
		["| a | b |\n| c | d |", "| a | b |"],
		["$$\na", "$$"],
		[":::message\na\n:::", ":::message"],
		["::: details T\na\n:::", "::: details T"],
		[":::note info\na\n:::", ":::note info"],
		["> [!info]\n> a", "[!info]"],
		["&constructor; a", "&constructor;"],
		["a :smile: b", ":smile:"],
	])("gets a warning with its line: %j", async (body, mark) => {
		const warnings = await warned(`First.\n\n${body}`);
		expect(warnings[0]).toMatch(/^content\/posts\/x\.md:7: /);
		expect(warnings[0]).toContain(`"${mark}" is shown as typed; `);
	});

	it.each([
		["a[^b c]", 'footnote "b c" is shown as typed; its name can have no spaces.'],
		[
			"```mermaid\na\n```",
			"mermaid is shown as code, not drawn; for a drawing, put an SVG image into media/.",
		],
		[
			"a <textarea> b",
			"<textarea> is shown as typed, because it would hide what follows; write it as code, `<textarea>`.",
		],
		["<!-- a", 'a "<" begins'],
		["a <b>b", "<b> is not closed in its block; write </b> where it ends."],
		["a </div> b", "</div> closes nothing in its block and is left out; remove it."],
		['<div id="comments"></div>', 'id="comments" is left out, because the page has another; choose another.'],
		["## A {#main}", 'id="main" is left out, because the page has another; choose another.'],
	])("gets a warning of its own: %j", async (body, message) => {
		const warnings = await warned(`First.\n\n${body}`);
		if (!message.startsWith("a ")) expect(warnings).toEqual([`content/posts/x.md:7: ${message}`]);
	});

	it("is no mark in code, in formulas, and where it is meant", async () => {
		const body = [
			"`**a` and `[[b]]` and 2 ** 3 and \\*\\* and \\# and C# and #1 and a | b",
			"$a|b$ and 《本》 and 5~10 and [a](https://a.example/) and a == b and 100% and (see [x]) and 10:30:45",
			"```\n## a\n:::message\n| a |\n```",
			"> [!NOTE]\n> a",
			"| a |\n|---|\n| b |",
			"- [ ] a\n- b",
			"Term\n: Definition",
			"## A {#b}",
			"a &amp; b &eacute; R&D; no",
			"<b>a</b> <br>",
			"<details><summary>a</summary>\n\nb\n\n</details>",
			"Quotes “like these” and ‘these’, 「これ」（と）［これ］",
		].join("\n\n");
		expect(await warned(body)).toEqual([expect.stringContaining("&D;")]);
	});

	it("is an emoji's name, if the site has them", async () => {
		const site = "title: T\nmarkdown: { emoji: true }\n";
		expect(await warned("a :smile: b", site)).toEqual([]);
		expect(await warned("a :smlie: b", site)).toEqual([
			'content/posts/x.md:5: ":smlie:" is shown as typed; did you mean "smile"?',
		]);
	});
});

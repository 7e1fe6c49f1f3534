import { describe, expect, it } from "vitest";
import { plainHtml, renderAsGitHub } from "../../../support/gfm.ts";
import { render } from "../../../support/render.ts";

const paragraphs = [
	"a b",
	"a\nb",
	"a *b*",
	"**a\nb**",
	"a  \nb\\\nc",
	"&amp; &eacute; &#65; &nope;",
	"\\*a\\* \\[b]",
];
const headings = ["# a", "a\n===", "a\n---"];
const containers = [
	...[
		"> a",
		"> a\n> b",
		"> a\nb",
		"> - a\n> - b",
		"- > a",
		"- a",
		"- a\n- b",
		"- a\n\n  b",
		"- a\n\n- b",
		"+ a",
	],
	...[
		"* a\n* b",
		"1. a",
		"3. a\n4. b",
		"1) a",
		"- a\n  - b",
		"- a\n  - b\n\n    c",
		"- [ ] a\n- [x] b",
		"- # a",
		"-",
	],
	...["> ", "- ```\n  a\n  ```"],
];
const codes = ["`a` ``b ` c``", "```js\na\n```", "~~~\na\n~~~", "```\na", "    a", "\tc"];
const leaves = ["***", "| a | b |\n|:--|--:|\n| 1 | 2 |", "a | b\n--|--\n1 | 2\nc", "[b]: /c", "![a](/b)"];
const inlines = [
	...[
		"*a* _b_ **c** ~~d~~",
		'[a](/b "c")',
		"[a][b] [b] [b][]\n\n[b]: /c 'd'",
		"<https://a.example/> <a@b.example>",
	],
	...["https://a.example/b www.a.example a@b.example", "a <b>c</b>"],
];
const html = [
	"<div>\na\n</div>",
	"<b>a</b>",
	"<!-- a -->",
	"<details>\n<summary>a</summary>\n\nb\n\n</details>",
];
const filtered = [
	"a <textarea> b",
	"The <title> element",
	"a <plaintext> b",
	"a <xmp>b</xmp>",
	"<textarea>a</textarea>",
];
const notes = [
	...["a[^1]", "[^1]: b", "[^1]: b\n\n    c", "[^1]: b\n    c", "a[^1]\n\n[^1]: b", "a[^1]\n\n[^1]: b\nc"],
	...[
		"a[^1]\n\n[^1]: b\n\n    c",
		"a[^1]\n\n[^1]: b\n\n\tc\n\n\td",
		"a[^1]\n[^1]: b",
		"a[^Note]\n\n[^note]: b",
	],
	...["a[^1] b[^1]\n\n[^1]: c", "a[^1]\n\n[^1]: b[^2]\n\n[^2]: c", "a[^1]\n\n[^1]: b\n\n        c", "a[^2]"],
	...["a[^1]\n\n[^1]: - b\n    - c", "a\n\n[^1]: b", "a[^1] [^2]\n\n[^1]: b\n[^2]: c", "a[^1]\n\n[^1]:\nb"],
	...["a[^1]\n\n[^1]: b\n\n    ```\n    c\n    ```\nd", "a[^1]\n\n[^1]:\n\n    b", "a[^1]\n\n[^1]: # b\nc"],
	...[
		"a[^1]\n\n[^1]: > b\nc",
		"a[^1 2]\n\n[^1 2]: b",
		"a[^1]\n\n[^1]: b\n[^1]: c",
		"a[^1]\n\n[^1]: <b>c</b>\nd",
	],
	...["a[^1]\n\n[^1]: | a |\n    |---|\n    | b |\nd", "a[^1]\n\n   [^1]: b", "[^1]: **b**\n\na *c[^1]*"],
	...[
		"a[^1]\n\n[^1]: b\n  c",
		"# a[^1]\n\n[^1]: b",
		"| a[^1] |\n|---|\n| b[^1] |\n\n[^1]: c",
		"a[^é]\n\n[^É]: b",
	],
];
const constructs = [paragraphs, headings, containers, codes, leaves, inlines, html, filtered, notes].flat();

/** Constructs that are joined with each other. */
const neighbours = [
	...[
		"a b",
		"**a\nb**",
		"a  \nb\\\nc",
		"# a",
		"a\n===",
		"a\n---",
		"> a",
		"> - a\n> - b",
		"- a\n- b",
		"- a\n\n  b",
		"3. a\n4. b",
	],
	...[
		"- a\n  - b\n\n    c",
		"- [ ] a\n- [x] b",
		"-",
		"```js\na\n```",
		"~~~\na\n~~~",
		"```\na",
		"    a",
		"***",
		"[b]: /c",
	],
	...[
		"| a | b |\n|:--|--:|\n| 1 | 2 |",
		"![a](/b)",
		"<div>\na\n</div>",
		"<b>a</b>",
		"<!-- a -->",
		"[^1]: b",
		"[^1]: b\n\n    c",
	],
];

const each = (prefix: string) => (text: string) => text.replace(/^/gm, prefix);
const places: Readonly<Record<string, (text: string) => string>> = {
	alone: (text) => text,
	"between paragraphs": (text) => `x\n\n${text}\n\ny`,
	"right below a paragraph": (text) => `x\n${text}`,
	"right above a paragraph": (text) => `${text}\nx`,
	"in a list": (text) => `- ${text.replaceAll("\n", "\n  ")}`,
	"in a numbered list": (text) => `1. ${text.replaceAll("\n", "\n   ")}`,
	"below an item's text": (text) => `- x\n${each("  ")(text)}`,
	"as a second paragraph of an item": (text) => `- x\n\n${each("  ")(text)}`,
	"in a quote": each("> "),
	"right below a quote": (text) => `> x\n${text}`,
	"in a quote of a quote": each("> > "),
	"in a list of a quote": (text) => `> - ${text.replaceAll("\n", "\n>   ")}`,
	"indented by one": each(" "),
	"indented by three": each("   "),
	"with the line ends of Windows": (text) => text.replaceAll("\n", "\r\n"),
};

/** Reasons why a text differs, by its form. Most are rules of marked, on lines that go on with a block without its sign. */
const reasons: readonly [string, RegExp][] = [
	[
		"a table may begin where a list or quote would go on",
		/(?:^|\n)(?:> )?(?:[-+*>]|\d[.)]| {2}- )[^|]*\n[^\n>]*\|[^\n]*\n[|:-]/,
	],
	["a heading may end where a list would go on", /(?:^|\n)(?:> )?(?:[-+*]|\d[.)]| {2,4}[-bc])[^\n]*\na\n===/],
	[
		"micromark begins no list below code with a sign that cannot interrupt a paragraph",
		/(?:^|\n)(?: {4}a|\tc)\n+(?:3\.|-$|-\n)/,
	],
	[
		"a block may begin right below a definition, which micromark reads as a paragraph",
		/\[(?:b|\^1 2)\]: \S+(?: 'd')?\n(?: {4}|\t|3\.|-$)/,
	],
	["a tab counts four columns in a quote", /^> (?:- )?\tc$/],
	["a tab counts four columns in a note in a quote", /^> .*\n>(?: {3})? ?\n>(?: {3})? ?\t/m],
	["blank lines around a note make no list loose", /^(?:- |1\. )(?:x\n {2})?\[\^1\]: \*\*b/],
];

describe("Markdown of GitHub", () => {
	const reasonOf = (text: string) => reasons.find(([, pattern]) => pattern.test(text))?.[0];
	const used = new Set<string>();

	async function compare(texts: readonly string[]): Promise<string[]> {
		const found: string[] = [];
		for (const text of texts) {
			const [ours, theirs] = [plainHtml(await render(text)), renderAsGitHub(text)];
			const reason = ours === theirs ? undefined : reasonOf(text);
			if (reason !== undefined) used.add(reason);
			else if (ours !== theirs) found.push(`${JSON.stringify(text)}\n  ours   ${ours}\n  github ${theirs}`);
		}
		return found;
	}

	it.each(Object.entries(places))("is read the same %s", async (_, place) => {
		expect(await compare(constructs.map(place))).toEqual([]);
	});

	it.each(["\n", "\n\n"])("is read the same before any other, joined by %j", async (joint) => {
		const texts = neighbours.flatMap((one) => neighbours.map((other) => one + joint + other));
		expect(await compare(texts)).toEqual([]);
	});

	it("differs for no reason that is not met", () => {
		expect(reasons.map(([reason]) => reason).filter((reason) => !used.has(reason))).toEqual([]);
	});
});

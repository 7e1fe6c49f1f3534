import fc from "fast-check";
import { type DefaultTreeAdapterTypes, parse, serialize } from "parse5";
import { describe, expect, it } from "vitest";
import { render } from "../../../support/render.ts";

type Element = DefaultTreeAdapterTypes.Element;

const names = [
	...[
		"textarea",
		"title",
		"style",
		"script",
		"xmp",
		"iframe",
		"noembed",
		"noframes",
		"noscript",
		"plaintext",
	],
	...[
		"form",
		"select",
		"option",
		"button",
		"table",
		"tr",
		"td",
		"template",
		"details",
		"summary",
		"dialog",
		"video",
	],
	...[
		"a",
		"b",
		"i",
		"s",
		"code",
		"span",
		"div",
		"p",
		"h2",
		"ul",
		"li",
		"main",
		"article",
		"body",
		"html",
		"head",
	],
	...[
		"svg",
		"math",
		"foreignObject",
		"desc",
		"frameset",
		"object",
		"label",
		"fieldset",
		"ruby",
		"x-y",
		"nobr",
	],
];
const tag = fc.tuple(
	fc.constantFrom("<", "</"),
	fc.constantFrom(...names),
	fc.constantFrom(">", ">", ">", " class='x'>", " id=comments>", ' title="', " a='", "/>", "", " "),
);
const text = fc.array(
	fc.oneof(
		tag.map((parts) => parts.join("")),
		fc.constantFrom(
			"<!--",
			"-->",
			"<!",
			"<?x",
			"?>",
			"<![CDATA[",
			"]]>",
			"\n",
			"\n\n",
			"> ",
			"- ",
			"*",
			"`",
			" x ",
		),
		fc.constantFrom("# x\n\n", "| a |\n|---|\n", "[^1]", "\n\n[^1]: ", "> [!note]- ", "<!--more-->\n\n"),
	),
	{ maxLength: 14 },
);

/** Returns a page with a text as a browser reads it, written out without the text and spaces moved out of tables. */
function outsideOf(body: string): string {
	const page = `<!DOCTYPE html><html><head></head><body><main><article><div class="prose">${body}</div></article><form id="form"><textarea>typed</textarea></form></main><footer>end</footer></body></html>`;
	const document = parse(page);
	const prose = find(document, "div");
	if (prose !== undefined) prose.childNodes = [];
	return serialize(document).replace(/\s+(?=<)/g, "");
}

function find(node: DefaultTreeAdapterTypes.ParentNode, name: string): Element | undefined {
	for (const child of node.childNodes) {
		if (!("tagName" in child)) continue;
		const isFound = child.tagName === name && child.attrs.some(({ value }) => value === "prose");
		const found = isFound ? child : find(child, name);
		if (found !== undefined) return found;
	}
	return undefined;
}

const untouched = outsideOf("");

describe("raw HTML in a text", () => {
	it("reaches nothing outside the text, whatever it is", async () => {
		await fc.assert(
			fc.asyncProperty(text, async (parts) => {
				const html = await render(parts.join(""));
				expect(outsideOf(html), html).toBe(untouched);
			}),
			{ numRuns: 4000 },
		);
	});

	it.each([
		["a <textarea> b", "<p>a &lt;textarea> b</p>\n"],
		["<!-- a\n\nb", "<p>&lt;!-- a</p>\n<p>b</p>\n"],
		["<script>\na\n\nb", "<p>&lt;script>\na</p>\n<p>b</p>\n"],
		["a <b>b\n\nc", "<p>a <b>b</b></p>\n<p>c</p>\n"],
		["a </div> b", "<p>a  b</p>\n"],
		["<details>\n\na", "<details><p>a</p>\n</details>"],
		["<div>\n\na\n\n</div>", "<div><p>a</p>\n</div>"],
		["<svg><title>a</title><path/></svg>", "<p><svg><title>a</title><path/></svg></p>\n"],
		["<svg>a *b* c</svg>", "<p><svg>a </svg><em>b</em> c</p>\n"],
		["<math>`a`</math>", "<p><math></math><code>a</code></p>\n"],
		["<math><body class='x'>", "<p><math>&lt;body class='x'></math></p>\n"],
		["<svg>\n\n<path/>\n\n</svg>", "<svg><path/></svg>"],
		["- <b>a\n- c", "<ul>\n<li><b>a</b></li>\n<li>c</li>\n</ul>\n"],
	])("is balanced: %j", async (markdown, html) => {
		expect((await render(markdown)).replace(/^&gt;/, ">")).toBe(html);
	});
});

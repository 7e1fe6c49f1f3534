import fc from "fast-check";
import { type DefaultTreeAdapterMap, parseFragment } from "parse5";
import { describe, expect, it } from "vitest";
import { hostsOf, linksOf } from "../../../src/comments/links.ts";
import { renderCommentMarkdown } from "../../../src/comments/markdown.ts";
import { links as linkRule } from "../../../src/moderation/rules/links.ts";
import { candidate, policy } from "../../support/candidate.ts";

/** The page that shows the comments. */
const page = "https://cats.example/2024/hello/";

/** Lists where a browser's links lead: by the HTML standard's parser, resolved against the page. */
function followed(html: string): string[] {
	const walk = (node: DefaultTreeAdapterMap["node"]): string[] => {
		const href =
			"tagName" in node && node.tagName === "a" ? node.attrs.find(({ name }) => name === "href") : undefined;
		const own = href === undefined ? [] : [new URL(href.value, page).href];
		return [...own, ...("childNodes" in node ? node.childNodes.flatMap(walk) : [])];
	};
	return walk(parseFragment(html));
}

/** Parts of links, of which the text of a comment is put together. */
const parts = fc.constantFrom(
	...[
		"https:",
		"http:",
		"HTTPS:",
		"ｈｔｔｐｓ：",
		"mailto:",
		"javascript:",
		"data:",
		"ftp:",
		"//",
		"/",
		"\\",
		"\\\\",
	],
	...[
		"evil.example",
		"EVIL。example",
		"xn--e1afmkfd.example",
		"[::1]",
		"a@b.example",
		"www.",
		":80",
		"?x=1&amp;y",
		"#z",
	],
	...[
		"[x](",
		"[x](<",
		">)",
		")",
		"<",
		">",
		"![",
		"[",
		"]",
		'"',
		"`",
		"*",
		" ",
		"\n",
		"\t",
		"&#x68;ttp:",
		"&colon;",
		"%2e",
	],
);
const anyText = fc.array(parts, { maxLength: 30 }).map((all) => all.join(""));

describe("linksOf", () => {
	it("lists the links a browser follows, for any text", async () => {
		await fc.assert(
			fc.asyncProperty(anyText, async (text) => {
				const html = renderCommentMarkdown(text);
				expect(await linksOf({ html, website: null })).toEqual(followed(html));
			}),
			{ numRuns: 3000 },
		);
	});

	it.each([
		"[x](https:evil.example)",
		"[x](https:/evil.example)",
		"[x](https:\\\\evil.example)",
		"[x](https:/\\evil.example)",
		"[x](HTTPS://EVIL.example)",
		"[x](https://evil\u3002example)",
		"<https://evil.example>",
		"https://evil.example",
		"www.evil.example",
	])("sees where %s leads, and the rules hold forty of them", async (text) => {
		const html = renderCommentMarkdown(text);
		expect(hostsOf(await linksOf({ html, website: null }))).toEqual(["evil.example"]);
		const many = candidate({ text: `${text}\n\n`.repeat(40) });
		expect(linkRule(many, policy)).toEqual({ rule: "links", verdict: "hold", detail: "40" });
	});

	it("counts e-mail addresses and the website, and nothing that is no link", async () => {
		const html = renderCommentMarkdown(
			"a@b.example <mailto:c@d.example> `https://e.example` ![f](https://g.example)",
		);
		const links = await linksOf({ html, website: "https:h.example" });
		expect(links).toEqual(["mailto:a@b.example", "mailto:c@d.example", "https://h.example/"]);
		expect(hostsOf(links)).toEqual(["h.example"]);
	});
});

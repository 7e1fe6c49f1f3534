import fc from "fast-check";
import { type DefaultTreeAdapterMap, parseFragment } from "parse5";
import { describe, expect, it } from "vitest";
import { countPages, linksOf, linkTargetsOf } from "../../../src/comments/links.ts";
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

describe("linkTargetsOf", () => {
	it.each([
		["https://www.github.com/Spammer/casino", "github.com/spammer"],
		["https://github.com/spammer/other#readme", "github.com/spammer"],
		["https://gist.github.com/spammer/0123", "gist.github.com/spammer"],
		["https://medium.com/@ann/a-story-1", "medium.com/@ann"],
		["https://mobile.twitter.com/ann/status/1", "mobile.twitter.com/ann"],
		["https://mastodon.example/@ann/123", "mastodon.example/@ann"],
		["https://www.uni.example/~ann/papers/", "uni.example/~ann"],
		["https://www.youtube.com/watch?v=abc&t=10s&utm_source=x", "youtube.com/watch?v=abc"],
		["https://m.youtube.com/watch?si=1&v=abc", "m.youtube.com/watch?v=abc"],
		["https://docs.google.com/document/d/1/edit", "docs.google.com/document/d/1/edit"],
		["https://en.wikipedia.org/wiki/Cat", "en.wikipedia.org/wiki/Cat"],
		["https://www.reddit.com/r/cats/", "reddit.com/r/cats"],
		["https://github.com/", "github.com"],
		["https://ann.github.io/blog/", "ann.github.io"],
		["https://shop.example/a", "shop.example"],
		["https://WWW.shop.example./b?c=d", "shop.example"],
		["https://github.com.evil.example/spammer", "github.com.evil.example"],
		["https://notgithub.com/spammer", "notgithub.com"],
	])("counts %s as %s", (link, target) => {
		expect(linkTargetsOf([link, link])).toEqual([target]);
	});

	it("keeps what one account of a shared host does from all others", () => {
		const hosts = [
			"github.com",
			"gitlab.com",
			"medium.com",
			"x.com",
			"t.me",
			"note.com",
			"qiita.com",
			"bit.ly",
		];
		fc.assert(
			fc.property(fc.constantFrom(...hosts), name, name, (host, one, other) => {
				const [bad, good] = [one, other].map((account) => linkTargetsOf([`https://${host}/${account}/page`]));
				expect(bad?.[0] === good?.[0]).toBe(one === other);
			}),
		);
	});
});

/** The name of an account. */
const name = fc.stringMatching(/^[a-z][a-z\d]{1,5}$/);

describe("countPages", () => {
	it.each([
		[["https://a.example", "https://a.example/", "http://www.a.example/#top"], 1],
		[["https://a.example/b", "https://a.example/c", "https://a.example/b/"], 2],
		[["https://a.example/?b=1", "https://a.example/?b=2"], 2],
		[["mailto:a@b.example", "mailto:c@b.example", "mailto:a@b.example"], 2],
	])("counts the pages of %j as %i", (links, pages) => {
		expect(countPages(links)).toBe(pages);
	});
});

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
		expect(linkTargetsOf(await linksOf({ html, website: null }))).toEqual(["evil.example"]);
		const many = candidate({ text: `${text}\n\n`.repeat(40) });
		expect(linkRule(many, policy)).toEqual({ rule: "links", verdict: "hold", detail: "40" });
	});

	it("counts e-mail addresses and the website, and nothing that is no link", async () => {
		const html = renderCommentMarkdown(
			"a@b.example <mailto:c@d.example> `https://e.example` ![f](https://g.example)",
		);
		const links = await linksOf({ html, website: "https:h.example" });
		expect(links).toEqual(["mailto:a@b.example", "mailto:c@d.example", "https://h.example/"]);
		expect(linkTargetsOf(links)).toEqual(["h.example"]);
	});
});

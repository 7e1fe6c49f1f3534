import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readBody, writeBody } from "../../../src/posts/body.ts";
import { writeEntryDocument } from "../../../src/posts/entry-document.ts";
import { servedMarkdown } from "../../../src/posts/served-markdown.ts";
import { anyText } from "../../support/arbitraries.ts";
import { samplePost } from "../../support/post.ts";

const url = "https://cats.example";

/** Splits a document into its front matter, read by a YAML parser, and its text. */
function split(document: string): { fields: Record<string, unknown>; text: string } {
	const [, yaml = "", text = ""] = /^---\n([\s\S]*?)\n---\n\n([\s\S]*)$/.exec(document) ?? [];
	return { fields: parse(yaml), text };
}

describe("a post as a Markdown file", () => {
	it("has the front matter its page shows, and nothing of where it is kept", () => {
		const post = samplePost({
			id: "2024/雲",
			path: "/2024/05/01/雲/",
			title: "雲: a “title”",
			lang: "ja",
			summary: "Two\nlines.",
			published: Date.parse("2024-05-01T00:00:00Z"),
			updated: Date.parse("2024-06-01T00:00:00Z"),
			categories: [{ name: "天気", slug: "天気" }],
			series: { name: "Weather", slug: "weather" },
			image: { src: "/media/a.png", alt: "A", width: 2, height: 1, raster: true },
			file: "posts/secret-place.md",
			aliases: ["/old-place"],
			wordpressId: 4711,
			translation: "key-of-translations",
		});
		const document = writeEntryDocument(post, "Text.\n", url);
		expect(split(document)).toEqual({
			text: "Text.\n",
			fields: {
				title: "雲: a “title”",
				url: "https://cats.example/2024/05/01/%E9%9B%B2/",
				id: "2024/雲",
				lang: "ja",
				summary: "Two\nlines.",
				date: "2024-05-01T00:00:00.000Z",
				updated: "2024-06-01T00:00:00.000Z",
				authors: ["Mika"],
				categories: ["天気"],
				series: "Weather",
				image: { src: "https://cats.example/media/a.png", alt: "A" },
			},
		});
	});

	it("is YAML with the same words for any text", () => {
		fc.assert(
			fc.property(anyText, anyText, (title, name) => {
				const post = samplePost({
					title: title.toWellFormed(),
					tags: [{ name: name.toWellFormed(), slug: "x" }],
				});
				const { fields } = split(writeEntryDocument(post, "", url));
				expect([fields.title, fields.tags]).toEqual([post.title, [name.toWellFormed()]]);
			}),
		);
	});
});

describe("the Markdown that is given out", () => {
	const served = (
		markdown: string,
		links: Record<string, string> = {},
		htmlPieces: Record<string, string> = {},
	) => servedMarkdown(readBody(writeBody({ html: "<p>x</p>", markdown, links, htmlPieces })), url);

	it.each([
		[
			"![a](a.jpg) and [b](./b.md#c)",
			"![a](https://cats.example/media/posts/a.jpg) and [b](https://cats.example/b/#c)",
		],
		["[b]: ./b.md#c\n[^1]: ./b.md#c", "[b]: https://cats.example/b/#c\n[^1]: ./b.md#c"],
		['![a](<two words.png> "T")', '![a](<https://cats.example/media/two%20words.png> "T")'],
		[
			"[x](/about/) [y](//other.example/) [z](https://z.example/) [h](#h)",
			"[x](https://cats.example/about/) [y](//other.example/) [z](https://z.example/) [h](#h)",
		],
		[
			'<img alt="" src="/media/x.png"> <a href=\'/about/\'>',
			'<img alt="" src="https://cats.example/media/x.png"> <a href=\'https://cats.example/about/\'>',
		],
		["[a (b)](/wiki/a_(b))", "[a (b)](https://cats.example/wiki/a_(b))"],
		[
			"> [x](/about/)\n> ```md\n> [x](/about/)\n> ```\n> [x](/about/)",
			"> [x](https://cats.example/about/)\n> ```md\n> [x](/about/)\n> ```\n> [x](https://cats.example/about/)",
		],
		["- ~~~\n  [x](/about/)\n  ~~~\n", "- ~~~\n  [x](/about/)\n  ~~~\n"],
		[
			"`[x](/about/)` and ``a ` [x](/about/)`` [x](/about/)",
			"`[x](/about/)` and ``a ` [x](/about/)`` [x](https://cats.example/about/)",
		],
		["a lone ` and [x](/about/)", "a lone ` and [x](https://cats.example/about/)"],
	])("has the addresses of what is served, outside code: %s", (written, expected) => {
		const links = {
			"a.jpg": "/media/posts/a.jpg",
			"./b.md#c": "/b/#c",
			"two words.png": "/media/two%20words.png",
		};
		expect(served(written, links)).toBe(expected);
	});

	it("has those of raw HTML, and is the text as written where nothing is an address", () => {
		expect(
			served('<video poster="p.jpg">', {}, { '<video poster="p.jpg">': '<video poster="/media/p.jpg">' }),
		).toBe('<video poster="https://cats.example/media/p.jpg">');
		fc.assert(
			fc.property(anyText, (text) => {
				fc.pre(!text.includes("/"));
				expect(served(text)).toBe(text);
			}),
		);
	});
});

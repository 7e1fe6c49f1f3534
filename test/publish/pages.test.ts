import { describe, expect, it } from "vitest";
import { built, mistakes } from "./workspace.ts";

const page = (frontMatter: string, body = "Text.\n") => `---\n${frontMatter}\n---\n${body}`;

describe("a page", () => {
	it("needs a title, and has a default for everything else", async () => {
		const { pages } = await built({ "pages/about.md": page("title: About", "Who we are.\n") });
		expect(pages).toEqual([
			{
				id: "pages/about",
				path: "/about/",
				title: "About",
				slug: "about",
				lang: "en",
				summary: "Who we are.",
				comments: "off",
				phrases: [],
				headingPhrases: [],
				rich: false,
				contents: false,
				links: {},
				images: {},
				markdown: "Who we are.\n",
				aliases: [],
				wordpressId: null,
				navigationOrder: null,
			},
		]);
	});

	it("takes every key, and its folders are part of its address", async () => {
		const { pages } = await built({
			"pages/help/writing guide.md": page(
				"title: T\nid: guide\nslug: 手引き\nlang: ja\nsummary: S\ncomments: open\naliases: /Guide.html\nwordpress_id: 7\nnavigation_order: -2",
			),
			"pages/help/two words.md": page("title: T"),
		});
		expect(pages).toMatchObject([
			{
				id: "guide",
				path: "/help/手引き/",
				lang: "ja",
				summary: "S",
				comments: "open",
				aliases: ["/guide.html"],
				wordpressId: 7,
				navigationOrder: -2,
			},
			{ id: "pages/help/two words", path: "/help/two-words/" },
		]);
	});

	it("comes in the order of the navigation, then by id", async () => {
		const { pages } = await built({
			"pages/a.md": page("title: A"),
			"pages/b.md": page("title: B\nnavigation_order: 2"),
			"pages/c.md": page("title: C\nnavigation_order: 1"),
		});
		expect(pages.map(({ slug }) => slug)).toEqual(["c", "b", "a"]);
	});

	it("is told of its mistakes", async () => {
		expect(
			await mistakes({
				"pages/a.md": page("titel: A\ntags: x\nnavigation_order: first"),
				"pages/what#/b.md": page("title: B"),
			}),
		).toEqual([
			"content/pages/a.md:1: title: is missing; add a line such as title: About this blog.",
			'content/pages/a.md:2: titel: unknown key; did you mean "title"?',
			"content/pages/a.md:3: tags: unknown key; write one of title, id, slug, lang, summary, comments, toc, aliases, wordpress_id, navigation_order.",
			'content/pages/a.md:4: navigation_order: must be a whole number from -1000 to 1000, not "first".',
			'content/pages/what#/b.md:1: the folder\'s name "what#" holds "#"; write one such as what.',
		]);
	});
});

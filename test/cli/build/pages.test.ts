import { describe, expect, it } from "vitest";
import { buildFiles, buildProblems } from "../../support/workspace.ts";

const page = (frontMatter: string, body = "Text.\n") => `---\n${frontMatter}\n---\n${body}`;

describe("a page", () => {
	it("requires a title and has defaults for everything else", async () => {
		const { pages } = await buildFiles({ "pages/about.md": page("title: About", "Who we are.\n") });
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
				rich: false,
				links: {},
				htmlPieces: {},
				file: null,
				html: "<p>Who we are.</p>\n",
				markdown: "Who we are.\n",
				aliases: [],
				wordpressId: null,
				translation: null,
				canonical: null,
				shownImages: [],
				unlisted: false,
				navigationOrder: null,
			},
		]);
	});

	it("accepts every key, and has its folders in its address", async () => {
		const { pages } = await buildFiles({
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
				translation: null,
				navigationOrder: -2,
			},
			{ id: "pages/help/two words", path: "/help/two-words/" },
		]);
	});

	it("is sorted by navigation order, then by id", async () => {
		const { pages } = await buildFiles({
			"pages/a.md": page("title: A"),
			"pages/b.md": page("title: B\nnavigation_order: 2"),
			"pages/c.md": page("title: C\nnavigation_order: 1"),
		});
		expect(pages.map(({ slug }) => slug)).toEqual(["c", "b", "a"]);
	});

	it("reports its errors", async () => {
		expect(
			await buildProblems({
				"pages/a.md": page("titel: A\ntags: x\nnavigation_order: first"),
				"pages/what#/b.md": page("title: B"),
			}),
		).toEqual([
			"content/pages/a.md:1: title: is missing; add a line such as title: About this blog.",
			'content/pages/a.md:2: titel: unknown key; did you mean "title"?',
			"content/pages/a.md:3: tags: unknown key; write one of title, id, slug, lang, summary, comments, toc, aliases, wordpress_id, translation, canonical, unlisted, navigation_order, imported_from.",
			'content/pages/a.md:4: navigation_order: must be a whole number from -1000 to 1000, not "first".',
			'content/pages/what#/b.md:1: the folder name "what#" contains "#"; write one such as what.',
		]);
	});
});

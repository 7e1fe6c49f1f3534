import { describe, expect, it } from "vitest";
import { buildFiles, buildProblems, post } from "../../support/workspace.ts";

const page = (frontMatter = "title: T") => `---\n${frontMatter}\n---\n`;
const flat = "title: T\npermalink: /:slug/\n";

describe("two files cannot share", () => {
	it("an id", async () => {
		expect(
			await buildProblems({
				"posts/a.md": post("id: b\nslug: one"),
				"posts/b.md": post("slug: two"),
				"pages/c.md": page("title: T\nid: b"),
			}),
		).toEqual([
			'content/pages/c.md:3: id: "b" is already the id of content/posts/a.md; choose another.',
			'content/posts/b.md:1: id: "b" is already the id of content/posts/a.md; choose another.',
		]);
	});

	it("an address, in any spelling", async () => {
		expect(
			await buildProblems({
				"posts/a/ガイド.md": post(),
				[`posts/b/${"ガイド".normalize("NFD")}.md`]: post(),
				"posts/Hello.md": post(),
				"posts/x.md": post("slug: hello"),
			}),
		).toEqual([
			"content/posts/b/ガイド.md:1: slug: the address /2024/03/31/ガイド/ is already used by content/posts/a/ガイド.md; choose another slug.".replace(
				"b/ガイド",
				`b/${"ガイド".normalize("NFD")}`,
			),
			"content/posts/x.md:4: slug: the address /2024/03/31/hello/ is already used by content/posts/Hello.md; choose another slug.",
		]);
	});

	it("an address of a post and a page", async () => {
		expect(
			await buildProblems({ "site.yaml": flat, "posts/about.md": post(), "pages/about.md": page() }),
		).toEqual([
			"content/pages/about.md:1: slug: the address /about/ is already used by content/posts/about.md; choose another slug or move the file.",
		]);
	});

	it("an alias that is an alias or address of another post", async () => {
		expect(
			await buildProblems({
				"posts/a.md": post("aliases: [/old/, /about]"),
				"posts/b.md": post("aliases:\n  - /2024/03/31/A/\n  - /OLD"),
				"pages/about.md": page(),
			}),
		).toEqual([
			'content/posts/a.md:4: aliases: "/about" is the address of content/pages/about.md; remove it.',
			'content/posts/b.md:4: aliases: "/2024/03/31/a" is the address of content/posts/a.md; remove it.',
			'content/posts/b.md:4: aliases: "/old" is already an alias of content/posts/a.md; remove it.',
		]);
	});

	it("a category with a name of the engine's, with the fix", async () => {
		const problems = await buildProblems({
			"site.yaml": "title: T\npermalink: /:category/:slug/\n",
			"posts/a.md": post("categories: Page"),
		});
		expect(problems).toEqual([
			"content/posts/a.md:1: slug: the address /page/a/ is reserved, like everything below /page/; choose another slug or give its category a slug under terms in site.yaml.",
		]);
	});

	it("a page below another's comments", async () => {
		expect(await buildProblems({ "pages/a/comments.xml.md": "---\ntitle: T\n---\n" })).toEqual([
			"content/pages/a/comments.xml.md:1: slug: the address /a/comments.xml/ is reserved for the comments of another post or page; choose another slug or move the file.",
		]);
	});

	it("a translation key in the same language", async () => {
		expect(
			await buildProblems({
				"posts/a.md": post("translation: k"),
				"posts/b.md": post("translation: k\nlang: ja"),
				"posts/c.md": post("translation: k"),
			}),
		).toEqual([
			'content/posts/c.md:4: translation: "k" already has a post in en, content/posts/a.md; change lang or translation.',
		]);
	});
});

describe("reserved or unique are also", () => {
	it("the addresses of the engine's routes", async () => {
		expect(
			await buildProblems({
				"site.yaml": flat,
				"posts/Search.md": post(),
				"posts/a.md": post("aliases: [/feed/, /, /2009/03/]"),
				"pages/tag/x.md": page(),
			}),
		).toEqual([
			"content/pages/tag/x.md:1: slug: the address /tag/x/ is reserved, like everything below /tag/; choose another slug or move the file.",
			"content/posts/Search.md:1: slug: the address /Search/ is reserved, like everything below /search/; choose another slug.",
			'content/posts/a.md:4: aliases: "/feed" is reserved, like everything below /feed/; remove it.',
			'content/posts/a.md:4: aliases: "/" is the home page; remove it.',
			'content/posts/a.md:4: aliases: "/2009/03" is reserved for the archive of a year or month; remove it.',
		]);
	});

	it("the archives of years and months", async () => {
		expect(
			await buildProblems({
				"site.yaml": "title: T\npermalink: /:year/:slug/\n",
				"posts/a.md": post("slug: '03'"),
				"pages/2024.md": page(),
			}),
		).toEqual([
			"content/pages/2024.md:1: slug: the address /2024/ is reserved for the archive of a year or month; choose another slug or move the file.",
			"content/posts/a.md:4: slug: the address /2024/03/ is reserved for the archive of a year or month; choose another slug.",
		]);
	});

	it("WordPress ids", async () => {
		expect(
			await buildProblems({
				"posts/a.md": post("wordpress_id: 12"),
				"posts/b.md": post("wordpress_id: 12"),
				"pages/c.md": page("title: T\nwordpress_id: 0"),
			}),
		).toEqual([
			'content/pages/c.md:3: wordpress_id: must be a whole number from 1 to 9007199254740991, not "0".',
			"content/posts/b.md:4: wordpress_id: 12 is already the wordpress_id of content/posts/a.md; remove one of them.",
		]);
	});

	it("ids in feeds", async () => {
		const id = 'feed_id: "https://old.example/?p=1"';
		expect(
			await buildProblems({
				"posts/a.md": post(id),
				"posts/b.md": post(id),
				"posts/c.md": post("feed_id: 12"),
			}),
		).toEqual([
			"content/posts/b.md:4: feed_id: is already the feed_id of content/posts/a.md; remove one of them.",
			'content/posts/c.md:4: feed_id: "12" is not an address that feeds accept as an id; write one such as https://example.com/?p=12, or remove it.',
		]);
	});

	it("the post lists of languages, but nothing else below them", async () => {
		const taken = "is reserved for the list of posts in that language";
		expect(
			await buildProblems({
				"posts/a.md": post("lang: ja\naliases: [/ja/old/, /ja/]"),
				"pages/ja/x.md": page(),
				"pages/ja/feed.md": page(),
				"pages/en.md": page(),
				"pages/fr.md": page(),
			}),
		).toEqual([
			`content/pages/en.md:1: slug: the address /en/ ${taken}; choose another slug or move the file.`,
			`content/pages/ja/feed.md:1: slug: the address /ja/feed/ ${taken}; choose another slug or move the file.`,
			`content/posts/a.md:5: aliases: "/ja" ${taken}; remove it.`,
		]);
	});

	it("permalink patterns, reported once in site.yaml", async () => {
		expect(
			await buildProblems({
				"site.yaml": "title: T\npermalink: /category/:slug/\n",
				"posts/a.md": post(),
				"posts/b.md": post(),
			}),
		).toEqual([
			'content/site.yaml:2: permalink: "/category/:slug/" is reserved, like everything below /category/; choose another.',
		]);
	});

	it("addresses of previous permalink patterns", async () => {
		expect(
			await buildProblems({
				"site.yaml": "title: T\npermalink: /:year/:slug/\nprevious_permalinks:\n  - /:slug/\n",
				"posts/a/new-year.md": post(),
				"posts/b/new-year.md": post("date: 2025-01-01"),
			}),
		).toEqual([
			'content/site.yaml:3: previous_permalinks: "/:slug/" gives content/posts/b/new-year.md the address /new-year/, which belongs to content/posts/a/new-year.md; list it under aliases in the post that had it.',
		]);
	});

	it("no other addresses", async () => {
		const { posts, pages } = await buildFiles({
			"site.yaml": flat,
			"posts/tags.md": post(),
			"pages/20245.md": page(),
			"pages/fr/tag.md": page(),
		});
		expect([...posts, ...pages].map(({ path }) => path)).toEqual(["/tags/", "/20245/", "/fr/tag/"]);
	});
});

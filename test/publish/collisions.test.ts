import { describe, expect, it } from "vitest";
import { built, mistakes, post } from "./workspace.ts";

const page = (frontMatter = "title: T") => `---\n${frontMatter}\n---\n`;
const flat = "title: T\npermalink: /:slug/\n";

describe("what two files may not share", () => {
	it("is an id", async () => {
		expect(
			await mistakes({
				"posts/a.md": post("id: b\nslug: one"),
				"posts/b.md": post("slug: two"),
				"pages/c.md": page("title: T\nid: b"),
			}),
		).toEqual([
			'content/pages/c.md:3: id: "b" is already the id of content/posts/a.md; write another.',
			'content/posts/b.md:1: id: "b" is already the id of content/posts/a.md; write another.',
		]);
	});

	it("is an address, however it is spelled", async () => {
		expect(
			await mistakes({
				"posts/a/ガイド.md": post(),
				[`posts/b/${"ガイド".normalize("NFD")}.md`]: post(),
				"posts/Hello.md": post(),
				"posts/x.md": post("slug: hello"),
			}),
		).toEqual([
			"content/posts/b/ガイド.md:1: slug: the address /2024/03/31/ガイド/ is already taken by content/posts/a/ガイド.md; write another slug.".replace(
				"b/ガイド",
				`b/${"ガイド".normalize("NFD")}`,
			),
			"content/posts/x.md:4: slug: the address /2024/03/31/hello/ is already taken by content/posts/Hello.md; write another slug.",
		]);
	});

	it("is an address of a post and a page", async () => {
		expect(await mistakes({ "site.yaml": flat, "posts/about.md": post(), "pages/about.md": page() })).toEqual(
			[
				"content/pages/about.md:1: slug: the address /about/ is already taken by content/posts/about.md; write another slug or move the file.",
			],
		);
	});

	it("is an alias, of another post or the address of one", async () => {
		expect(
			await mistakes({
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

	it("is a translation in the same language", async () => {
		expect(
			await mistakes({
				"posts/a.md": post("translation: k"),
				"posts/b.md": post("translation: k\nlang: ja"),
				"posts/c.md": post("translation: k"),
			}),
		).toEqual([
			'content/posts/c.md:4: translation: "k" already has a post in en, content/posts/a.md; write another lang or key.',
		]);
	});
});

describe("what the blog keeps for itself", () => {
	it("is the addresses of its own routes", async () => {
		expect(
			await mistakes({
				"site.yaml": flat,
				"posts/Search.md": post(),
				"posts/a.md": post("aliases: [/feed/, /, /2009/03/]"),
				"pages/tag/x.md": page(),
			}),
		).toEqual([
			"content/pages/tag/x.md:1: slug: the address /tag/x/ belongs to the blog itself, as everything under /tag/ does; write another slug or move the file.",
			"content/posts/Search.md:1: slug: the address /Search/ belongs to the blog itself, as everything under /search/ does; write another slug.",
			'content/posts/a.md:4: aliases: "/feed" belongs to the blog itself, as everything under /feed/ does; remove it.',
			'content/posts/a.md:4: aliases: "/" is the home page; remove it.',
			'content/posts/a.md:4: aliases: "/2009/03" is the archive of a year or a month; remove it.',
		]);
	});

	it("is the archives of years and months", async () => {
		expect(
			await mistakes({
				"site.yaml": "title: T\npermalink: /:year/:slug/\n",
				"posts/a.md": post("slug: '03'"),
				"pages/2024.md": page(),
			}),
		).toEqual([
			"content/pages/2024.md:1: slug: the address /2024/ is the archive of a year or a month; write another slug or move the file.",
			"content/posts/a.md:4: slug: the address /2024/03/ is the archive of a year or a month; write another slug.",
		]);
	});

	it("is a number it had in WordPress", async () => {
		expect(
			await mistakes({
				"posts/a.md": post("wordpress_id: 12"),
				"posts/b.md": post("wordpress_id: 12"),
				"pages/c.md": page("title: T\nwordpress_id: 0"),
			}),
		).toEqual([
			'content/pages/c.md:3: wordpress_id: must be a whole number from 1 to 9007199254740991, not "0".',
			"content/posts/b.md:4: wordpress_id: 12 is already the number of content/posts/a.md; remove one.",
		]);
	});

	it("is the lists of the languages it is written in, and nothing else below them", async () => {
		const taken = "is where the posts in that language are listed";
		expect(
			await mistakes({
				"posts/a.md": post("lang: ja\naliases: [/ja/old/, /ja/]"),
				"pages/ja/x.md": page(),
				"pages/ja/feed.md": page(),
				"pages/en.md": page(),
				"pages/fr.md": page(),
			}),
		).toEqual([
			`content/pages/en.md:1: slug: the address /en/ ${taken}; write another slug or move the file.`,
			`content/pages/ja/feed.md:1: slug: the address /ja/feed/ ${taken}; write another slug or move the file.`,
			`content/posts/a.md:5: aliases: "/ja" ${taken}; remove it.`,
		]);
	});

	it("is told once, in site.yaml, when it is the pattern of all posts that is wrong", async () => {
		expect(
			await mistakes({
				"site.yaml": "title: T\npermalink: /category/:slug/\n",
				"posts/a.md": post(),
				"posts/b.md": post(),
			}),
		).toEqual([
			'content/site.yaml:2: permalink: "/category/:slug/" belongs to the blog itself, as everything under /category/ does; write another.',
		]);
	});

	it("is told of the patterns before, too", async () => {
		expect(
			await mistakes({
				"site.yaml": "title: T\npermalink: /:year/:slug/\nprevious_permalinks:\n  - /:slug/\n",
				"posts/a/new-year.md": post(),
				"posts/b/new-year.md": post("date: 2025-01-01"),
			}),
		).toEqual([
			'content/site.yaml:3: previous_permalinks: "/:slug/" gives content/posts/b/new-year.md the address /new-year/ of content/posts/a/new-year.md; write it under aliases in the one that had it.',
		]);
	});

	it("is nothing else", async () => {
		const { posts, pages } = await built({
			"site.yaml": flat,
			"posts/tags.md": post(),
			"pages/20245.md": page(),
			"pages/fr/tag.md": page(),
		});
		expect([...posts, ...pages].map(({ path }) => path)).toEqual(["/tags/", "/20245/", "/fr/tag/"]);
	});
});

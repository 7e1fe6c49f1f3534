import { describe, expect, it } from "vitest";
import { buildFiles, buildProblems, png, post } from "../../support/workspace.ts";

const x = "content/posts/x.md";

describe("a post", () => {
	it("requires a title and a date and has defaults for everything else", async () => {
		const { site, posts } = await buildFiles({
			"site.yaml": "title: T\nlanguage: ja\ntimezone: Asia/Tokyo\nauthor: { name: Mika }\n",
			"posts/2024/2024-09-14-雲と猫.md": post("title: 雲と猫\ndate: 2024-09-14", "猫は涼しい。\n"),
		});
		expect(site.author.name).toBe("Mika");
		expect(posts).toEqual([
			{
				id: "2024/2024-09-14-雲と猫",
				path: "/2024/09/14/雲と猫/",
				title: "雲と猫",
				slug: "雲と猫",
				lang: "ja",
				summary: "猫は涼しい。",
				comments: "open",
				phrases: ["雲と", "猫"],
				rich: false,
				links: {},
				htmlPieces: {},
				file: null,
				length: { characters: 5, words: 0 },
				more: false,
				html: "<p>猫は涼しい。</p>\n",
				markdown: "猫は涼しい。\n",
				published: Date.UTC(2024, 8, 13, 15),
				updated: null,
				day: { year: 2024, month: 9, day: 14 },
				authors: [{ name: "Mika", slug: "mika" }],
				categories: [],
				tags: [],
				image: null,
				draft: false,
				aliases: [],
				wordpressId: null,
				translation: null,
				series: null,
				canonical: null,
				card: null,
				shownImages: [],
				unlisted: false,
				pinned: false,
				feedId: null,
				enclosures: [],
			},
		]);
	});

	it("accepts every key", async () => {
		const { posts } = await buildFiles({
			"media/cat.png": png(30, 20),
			"posts/x.md": post(
				[
					"title: A title",
					"date: 2024-03-31T12:00",
					"updated: 2024-04-01",
					"id: the-id",
					"slug: the-slug",
					"author: Someone",
					"categories: Cloud Computing",
					"tags: [Edge, 日本語, edge]",
					"lang: PT-br",
					"summary: >\n  Two\n  lines.",
					"image:\n  src: /media/cat.png\n  alt: A cat",
					"draft: true",
					"comments: closed",
					"aliases: [/Old/Address/, /%E7%8C%AB]",
					"translation: key",
					"series: A series",
					"canonical: https://elsewhere.example/Cats",
					"pinned: true",
				].join("\n"),
				"![A cat](/media/cat.png) ![Again](/media/cat.png) ![Far](https://elsewhere.example/x.png)\n",
			),
		});
		expect(posts[0]).toMatchObject({
			id: "the-id",
			path: "/2024/03/31/the-slug/",
			slug: "the-slug",
			lang: "pt-BR",
			summary: "Two lines.",
			comments: "closed",
			updated: Date.UTC(2024, 3, 1),
			authors: [{ name: "Someone", slug: "someone" }],
			categories: [{ name: "Cloud Computing", slug: "cloud-computing" }],
			tags: [
				{ name: "Edge", slug: "edge" },
				{ name: "日本語", slug: "日本語" },
			],
			image: { src: "/media/cat.png", alt: "A cat" },
			draft: true,
			aliases: ["/old/address", "/猫"],
			translation: "key",
			series: { name: "A series", slug: "a-series" },
			canonical: "https://elsewhere.example/Cats",
			shownImages: ["/media/cat.png"],
			pinned: true,
		});
	});

	it("is sorted newest first, then by id", async () => {
		const { posts } = await buildFiles({
			"posts/a.md": post("date: 2020-01-01", "old"),
			"posts/c.md": post("date: 2024-01-01", "C"),
			"posts/b.md": post("date: 2024-01-01", "B"),
		});
		expect(posts.map(({ id }) => id)).toEqual(["b", "c", "a"]);
		expect(posts.map(({ markdown }) => markdown)).toEqual(["B", "C", "old"]);
	});

	it("may be updated on its publication day without a time", async () => {
		const { posts } = await buildFiles({ "posts/x.md": post("date: 2024-03-31T12:00\nupdated: 2024-03-31") });
		expect(posts[0]?.updated).toBe(posts[0]?.published);
	});

	it("is in NFC regardless of the file system", async () => {
		const { posts } = await buildFiles({ [`posts/${"ガイド".normalize("NFD")}.md`]: post() });
		expect(posts[0]).toMatchObject({ id: "ガイド", slug: "ガイド", path: "/2024/03/31/ガイド/" });
	});

	it("omits an alias that is its own address", async () => {
		const { posts } = await buildFiles({ "posts/x.md": post("aliases: /2024/03/31/X") });
		expect(posts[0]?.aliases).toEqual([]);
	});

	it.each([
		["title:", `${x}:3: title: is empty; write a line such as title: My first post.`],
		["title: ['a']", `${x}:3: title: must be text, not a list; write it on one line.`],
		["date: 2024-02-30", `${x}:3: date: "2024-02-30" does not exist; write a date such as 2024-02-29.`],
		["date:", `${x}:3: date: is empty; write a line such as date: 2024-03-31.`],
		["updated: 2024-03-30", `${x}:4: updated: is earlier than date; write a later date or remove it.`],
		["categorys: x", `${x}:4: categorys: unknown key; did you mean "categories"?`],
		[
			"layout: x",
			`${x}:4: layout: unknown key; write one of title, date, updated, id, slug, author, authors, categories, tags, lang, summary, image, draft, toc, comments, aliases, wordpress_id, translation, canonical, unlisted, pinned, series, imported_from, feed_id.`,
		],
		[
			"canonical: /cats/",
			`${x}:4: canonical: "/cats/" is not a web address; write one such as https://example.com/.`,
		],
		[
			"unlisted: true\npinned: true",
			`${x}:5: pinned: is given to an unlisted post, which is in no list; remove one of them.`,
		],
		["slug: a/b", `${x}:4: slug: "a/b" contains "/"; write one such as a-b.`],
		["slug: ..", `${x}:4: slug: ".." is not a valid slug; write one such as my-first-post.`],
		["tags: { a: b }", `${x}:4: tags: must be a list, not a map; write for example [first, second].`],
		["tags:\n  - a\n  - [b]", `${x}:6: tags: must be text, not a list; write it on one line.`],
		["tags:\n  - a\n  -", `${x}:6: tags: is empty; add a value or remove it.`],
		[
			"categories: '!!!'",
			`${x}:4: categories: "!!!" has no letter, digit or emoji to make an address from; choose another name.`,
		],
		[
			"series: '?'",
			`${x}:4: series: "?" has no letter, digit or emoji to make an address from; choose another name.`,
		],
		["lang: jp", `${x}:4: lang: "jp" is not a language tag; write one such as en, ja or pt-BR.`],
		["draft: maybe", `${x}:4: draft: "maybe" is not a valid value; write true or false.`],
		["comments: close", `${x}:4: comments: "close" is not a valid value; did you mean "closed"?`],
		["aliases: old", `${x}:4: aliases: "old" does not start with /; write a path such as /old/address/.`],
		[
			"aliases:\n  - /ok/\n  - /?p=1",
			`${x}:6: aliases: "/?p=1" is not just a path; remove the part from ? or # on.`,
		],
		[
			"image: /media/x.png",
			`${x}:4: image: must be a map, not text; add an indented line below it such as src: /media/cat.png.`,
		],
		["image:\n  alt: x", `${x}:4: image.src: is missing; add a line such as src: /media/cat.png.`],
		[
			"image:\n  alt: x\n  src: cat.png",
			`${x}:6: image.src: "cat.png" does not exist; put it beside this file, or into content/media and write /media/cat.png.`,
		],
		[
			"image:\n  alt: x\n  src: /cat.png",
			`${x}:6: image.src: "/cat.png" is neither a file beside the post, a path below /media/ nor a web address; write one such as /media/cat.png.`,
		],
		[
			"image:\n  alt: x\n  src: /media/cat.png",
			`${x}:6: image.src: "/media/cat.png" does not exist; add content/media/cat.png.`,
		],
	])("with %j reports %s", async (frontMatter, message) => {
		expect(await buildProblems({ "posts/x.md": post(frontMatter) })).toEqual([message]);
	});

	it("reports a file name that is not a valid slug", async () => {
		expect(await buildProblems({ "posts/what?.md": post() })).toEqual([
			`content/posts/what?.md:1: slug: taken from the file name, "what?" contains "?"; write one such as what.`,
		]);
		expect(await buildProblems({ "posts/what?.md": post("slug: what") })).toEqual([]);
	});

	it("reports all errors of all files at once, sorted by file and line", async () => {
		expect(
			await buildProblems({
				"site.yaml": "title: T\nhome: x\n",
				"media/bad.png": "not a picture",
				"posts/a.md": post("date: soon\ndraft: 1\nslug: taken", "![x](/media/none.png)\n"),
				"posts/b.md": post("title: [x]\nslug: taken"),
				"posts/c.md": post("slug: taken\ntegs: x"),
				"pages/d.md": "no front matter",
			}),
		).toEqual([
			"content/media/bad.png:1: is not a readable image; export it again from an image editor.",
			"content/pages/d.md:1: front matter is missing; start the file with a line of ---, then title: and the other keys, then a line of ---.",
			'content/posts/a.md:3: date: "soon" is not a date; write one such as 2024-03-31 or 2024-03-31T09:30.',
			'content/posts/a.md:4: draft: "1" is not a valid value; write true or false.',
			'content/posts/a.md:7: image "/media/none.png" does not exist; add content/media/none.png.',
			"content/posts/b.md:3: title: must be text, not a list; write it on one line.",
			"content/posts/c.md:4: slug: the address /2024/03/31/taken/ is already used by content/posts/b.md; choose another slug.",
			'content/posts/c.md:5: tegs: unknown key; did you mean "tags"?',
			'content/site.yaml:2: home: "x" is not a valid value; write one of summary, full.',
		]);
	});

	it("reports warnings that do not prevent publication", async () => {
		const { warnings } = await buildFiles({
			"media/cat.png": png(1, 1),
			"posts/x.md": post(
				"tags: cloud, edge\nimage: { src: /media/cat.png }",
				"![](/media/cat.png)\n\n![x](/images/x.png)\n",
			),
			"posts/cat.jpg": "x",
		});
		expect(warnings).toEqual([
			"content/posts/cat.jpg:1: is neither a .md file nor shown by one, so it is not published; refer to it in a post, or move it to media/.",
			`${x}:4: tags: "cloud, edge" is a single name with a comma; for several names, write [cloud, edge].`,
			`${x}:5: image.alt: is missing; describe the image for readers who cannot see it.`,
			`${x}:7: image "/media/cat.png" has no alt text; describe it between the brackets, as in ![A sleeping cat](/media/cat.png).`,
			`${x}:9: image "/images/x.png" is not below /media/; move the file to media/.`,
		]);
	});
});

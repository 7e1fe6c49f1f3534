import { describe, expect, it } from "vitest";
import { defaultBlogId } from "../../../src/posts/feed-ids.ts";
import { buildFiles, buildProblems, post, workspace } from "../../support/workspace.ts";

/** Returns the problems of a `site.yaml`, without the file name. */
async function wrong(yaml: string): Promise<string[]> {
	const all = await buildProblems({ "site.yaml": yaml });
	return all.map((line) => line.replace(/^content\/site\.yaml:/, ""));
}

describe("site.yaml", () => {
	it("requires only a title", async () => {
		const { site } = await buildFiles({ "site.yaml": "title: 猫の雲\n" });
		expect(site).toEqual({
			title: "猫の雲",
			tagline: "",
			url: "http://localhost:8787",
			alsoAt: [],
			blogId: defaultBlogId("http://localhost:8787"),
			hub: null,
			blogroll: [],
			repository: null,
			language: "en",
			timezone: "UTC",
			author: { name: "猫の雲", url: null },
			authors: {},
			terms: {},
			logSample: 1,
			permalink: "/:year/:month/:day/:slug/",
			previousPermalinks: [],
			postsPerPage: 10,
			home: "summary",
			navigation: [],
			crawlers: { ai: "allow", signals: { search: null, "ai-input": null, "ai-train": null } },
			markdown: { breaks: false, math: true, typography: false, emoji: false },
			comments: {
				moderation: "none",
				closeAfterDays: null,
				editWindowMinutes: 15,
				maxDepth: 4,
				blockedWords: [],
				linkLimit: 4,
				floodLimit: 1000,
				proofLimit: 100,
			},
			privacy: { networkDays: 7, emailDays: 365, rejectedDays: 30 },
			head: [],
			image: null,
			securityContact: null,
			reactions: ["like", "love", "thanks"],
			notifications: { from: null, owner: "all", digestMinutes: 30 },
			limits: {
				comment: { perHour: 60, perDay: 360 },
				reaction: { perHour: 100, perDay: 950 },
				mail: { perHour: 20, perDay: 250 },
				notice: { perDay: 1000 },
			},
		});
	});

	it("accepts every setting", async () => {
		const { site } = await buildFiles({
			"site.yaml": [
				"title: T",
				"tagline: A tagline",
				"url: https://example.com/",
				"blog_id: 6F1B9A0E-2f1c-4c55-9d0a-8f1f6a2f4b11",
				"hub: https://hub.example",
				"blogroll: [{ title: Dogs, url: https://dogs.example, feed: https://dogs.example/rss }]",
				"also_at: ['*.Workers.dev', staging.example]",
				"language: JA-jp",
				"timezone: asia/tokyo",
				"author:\n  name: Mika\n  url: https://mika.example",
				"terms:\n  C#: { slug: c-sharp, description: A language. }",
				"authors:\n  花子 Y:\n    bio: Bakes.\n    url: https://hanako.example\n  Tom: {}",
				"permalink: /:slug",
				"previous_permalinks: [/:year/:slug, /:lang/:slug]",
				"posts_per_page: 5",
				"home: full",
				"navigation:\n  - { title: About, url: /about/ }\n  - { title: Code, url: https://code.example/ }",
				"crawlers: { ai: no_training, search: true, ai_train: false }",
				"markdown: { breaks: true, math: false, typography: true, emoji: true }",
				"comments: { moderation: first, close_after_days: 30, edit_window_minutes: 0, max_depth: 6, blocked_words: [カジノ, x y], link_limit: 0, flood_limit: 9, proof_limit: 0 }",
				"privacy: { network_days: 1, email_days: 30, rejected_days: 9 }",
				"reactions: [wow, sad, wow]",
				"image: { src: https://cats.example/cat.png, alt: A cat }",
				"head: [{ link: { rel: me, href: https://social.example/@ann } }]",
				"security_contact: ann@mail.example",
				"limits: { reactions_per_hour: 7, mails_per_day: 8, notices_per_day: 9 }",
				"log_sample: 0.25",
			].join("\n"),
		});
		expect(site).toEqual({
			title: "T",
			tagline: "A tagline",
			alsoAt: ["*.workers.dev", "staging.example"],
			blogId: "6f1b9a0e-2f1c-4c55-9d0a-8f1f6a2f4b11",
			hub: "https://hub.example/",
			blogroll: [{ title: "Dogs", url: "https://dogs.example/", feed: "https://dogs.example/rss" }],
			repository: null,
			url: "https://example.com",
			logSample: 0.25,
			language: "ja-JP",
			timezone: "Asia/Tokyo",
			author: { name: "Mika", url: "https://mika.example/" },
			terms: { "c-sharp": "A language." },
			authors: {
				"花子-y": { name: "花子 Y", bio: "Bakes.", url: "https://hanako.example/", avatar: null },
				tom: { name: "Tom", bio: null, url: null, avatar: null },
			},
			permalink: "/:slug",
			previousPermalinks: ["/:year/:slug", "/:lang/:slug"],
			postsPerPage: 5,
			home: "full",
			navigation: [
				{ title: "About", url: "/about/" },
				{ title: "Code", url: "https://code.example/" },
			],
			crawlers: { ai: "no_training", signals: { search: true, "ai-input": null, "ai-train": false } },
			markdown: { breaks: true, math: false, typography: true, emoji: true },
			comments: {
				moderation: "first",
				closeAfterDays: 30,
				editWindowMinutes: 0,
				maxDepth: 6,
				blockedWords: ["カジノ", "x y"],
				linkLimit: 0,
				floodLimit: 9,
				proofLimit: 0,
			},
			privacy: { networkDays: 1, emailDays: 30, rejectedDays: 9 },
			head: [{ element: "link", attributes: { rel: "me", href: "https://social.example/@ann" } }],
			image: { src: "https://cats.example/cat.png", alt: "A cat", width: null, height: null, raster: true },
			securityContact: "mailto:ann@mail.example",
			reactions: ["wow", "sad"],
			notifications: { from: null, owner: "all", digestMinutes: 30 },
			limits: {
				comment: { perHour: 60, perDay: 360 },
				reaction: { perHour: 7, perDay: 950 },
				mail: { perHour: 20, perDay: 8 },
				notice: { perDay: 9 },
			},
		});
	});

	it("warns about a profile of an author without posts", async () => {
		const { warnings } = await buildFiles({
			"site.yaml": "title: T\nauthor: { name: Mika }\nauthors:\n  Mika: {}\n  Hanakko:\n    bio: Bakes.\n",
			"posts/a.md": post("author: Hanako"),
		});
		expect(warnings).toEqual([
			'content/site.yaml:5: authors.Hanakko: no post has an author of this name; did you mean "Hanako"?',
		]);
	});

	it("ignores keys without a value, and accepts an empty list of reactions", async () => {
		const { site } = await buildFiles({ "site.yaml": "title: T\ntagline:\nlanguage: ''\nreactions: []\n" });
		expect(site).toMatchObject({ tagline: "", language: "en", reactions: [] });
	});

	it("is reported when it does not exist", async () => {
		const space = workspace();
		space.remove("content");
		const result = await space.build();
		expect(result.ok ? [] : space.printed(result.problems)).toEqual([
			"content/site.yaml:1: does not exist; create it with at least a line such as title: My blog.",
		]);
	});

	it.each([
		["tagline: x", "1: title: is missing; add a line such as title: My blog."],
		["title:", "1: title: is empty; write a line such as title: My blog."],
		["title: '  '", "1: title: is empty; write a line such as title: My blog."],
		["title: [a, b]", "1: title: must be text, not a list; write it on one line."],
		[
			"title: T\nurl: example.com",
			'2: url: "example.com" is not a site address; write one such as https://blog.example.',
		],
		[
			"title: T\nurl: https://a.example/?b",
			'2: url: "https://a.example/?b" is not a site address; write one such as https://blog.example.',
		],
		[
			"title: T\nurl: https://a.example:8443/blog/",
			'2: url: "https://a.example:8443/blog/" has a path, but the blog is always at the root of its host; write https://a.example:8443, or a host of its own such as https://blog.a.example.',
		],
		[
			"title: T\nurl: ftp://a.example",
			'2: url: "ftp://a.example" is not a site address; write one such as https://blog.example.',
		],
		[
			"title: T\nlanguage: ja_JP",
			'2: language: "ja_JP" is not a language tag; write one such as en, ja or pt-BR.',
		],
		["title: T\nlanguage: jp", '2: language: "jp" is not a language tag; write one such as en, ja or pt-BR.'],
		[
			"title: T\ntimezone: JST",
			'2: timezone: "JST" is not a time zone; write an IANA name such as Asia/Tokyo, Europe/Paris or UTC.',
		],
		[
			"title: T\nauthor: Mika",
			"2: author: must be a map, not text; add an indented line below it such as name: Jane Doe.",
		],
		[
			"title: T\nauthor:\n  url: https://a.example",
			"2: author.name: is missing; add a line such as name: Jane Doe.",
		],
		[
			"title: T\nauthor:\n  name: M\n  url: /me/",
			'4: author.url: "/me/" is not a web address; write one such as https://example.com/.',
		],
		[
			"title: T\npermalink: /:id/:slug/",
			'2: permalink: ":id" is not a permalink placeholder; write one of :year, :month, :day, :slug, :category, :lang.',
		],
		[
			"title: T\npermalink: /tag/:slug/",
			'2: permalink: "/tag/:slug/" is reserved, like everything below /tag/; choose another.',
		],
		[
			"title: T\npermalink: /en/page/:slug",
			'2: permalink: "/en/page/:slug" is reserved for the list of posts in that language; choose another.',
		],
		[
			"title: T\nprevious_permalinks: [/:slug/, /:year/]",
			'2: previous_permalinks: "/:year/" has no :slug, so posts would share an address; write one such as /:year/:month/:day/:slug/.',
		],
		[
			"title: T\nauthors: Mika",
			"2: authors: must be a map of author names, not text; add a line such as Jane Doe: and, indented below it, bio: Writes about harbours.",
		],
		["title: T\nauthors:\n  Mika:\n    bioo: x", '4: authors.Mika.bioo: unknown key; did you mean "bio"?'],
		[
			"title: T\nauthors:\n  Mika:\n    avatar: mika.png",
			'4: authors.Mika.avatar: "mika.png" is not a path below /media/; write one such as /media/mika.jpg.',
		],
		[
			"title: T\nauthors:\n  Mika:\n    avatar: /media/mika.png",
			'4: authors.Mika.avatar: "/media/mika.png" does not exist; add content/media/mika.png.',
		],
		["title: T\nposts_per_page: 0", '2: posts_per_page: must be a whole number from 1 to 100, not "0".'],
		["title: T\nposts_per_page: 2.5", '2: posts_per_page: must be a whole number from 1 to 100, not "2.5".'],
		["title: T\npostsPerPage: 5", '2: postsPerPage: unknown key; did you mean "posts_per_page"?'],
		[
			"title: T\nalso_at: https://staging.example/",
			'2: also_at: "https://staging.example/" is not a host; write one such as staging.example.com, *.workers.dev for all of its kind, or * for any.',
		],
		[
			"title: T\nblog_id: cats",
			'2: blog_id: "cats" is not a UUID; remove the line, and the build prints one to write.',
		],
		["title: T\nhome: both", '2: home: "both" is not a valid value; write one of summary, full.'],
		[
			"title: T\nnavigation:\n  - title: a\n    url: about",
			'4: navigation.url: "about" is not a link; write a path such as /about/ or an address such as https://example.com/.',
		],
		[
			"title: T\nnavigation:\n  - title: a\n    url: javascript:alert(1)",
			'4: navigation.url: "javascript:alert(1)" is not a link; write a path such as /about/ or an address such as https://example.com/.',
		],
		[
			"title: T\nnavigation:\n  - /about/",
			"3: navigation: must be a map, not text; add an indented line below it such as title: About.",
		],
		[
			"title: T\nmarkdown:\n  breaks: yes",
			'3: markdown.breaks: "yes" is not a valid value; write true or false.',
		],
		[
			"title: T\ncomments:\n  max_depth: 7",
			'3: comments.max_depth: must be a whole number from 1 to 6, not "7".',
		],
		[
			"title: T\ncomments:\n  moderation: al",
			'3: comments.moderation: "al" is not a valid value; did you mean "all"?',
		],
		[
			"title: T\ncomments:\n  depth: 3",
			"3: comments.depth: unknown key; write one of moderation, close_after_days, edit_window_minutes, max_depth, blocked_words, link_limit, flood_limit, proof_limit.",
		],
		[
			"title: T\nreactions:\n  - like\n  - lovee",
			'4: reactions: "lovee" is not a valid value; did you mean "love"?',
		],
	])("reports %j as %s", async (yaml, message) => {
		expect(await wrong(yaml)).toEqual([message]);
	});

	it("reports all errors at once", async () => {
		expect(await wrong("titel: T\nhome: x\ncomments:\n  a: 1\n  b: 2\n")).toEqual([
			"1: title: is missing; add a line such as title: My blog.",
			'1: titel: unknown key; did you mean "title"?',
			'2: home: "x" is not a valid value; write one of summary, full.',
			"4: comments.a: unknown key; write one of moderation, close_after_days, edit_window_minutes, max_depth, blocked_words, link_limit, flood_limit, proof_limit.",
			"5: comments.b: unknown key; write one of moderation, close_after_days, edit_window_minutes, max_depth, blocked_words, link_limit, flood_limit, proof_limit.",
		]);
	});

	it("applies valid settings to posts despite other errors", async () => {
		expect(
			await buildProblems({
				"site.yaml": "permalink: /:slug/\n",
				"posts/a.md": post("date: 2024-01-01\nslug: same"),
				"posts/b.md": post("date: 2024-01-02\nslug: same"),
			}),
		).toEqual([
			"content/posts/b.md:4: slug: the address /same/ is already used by content/posts/a.md; choose another slug.",
			"content/site.yaml:1: title: is missing; add a line such as title: My blog.",
		]);
	});
});

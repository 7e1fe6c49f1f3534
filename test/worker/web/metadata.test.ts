import Validator from "@adobe/structured-data-validator";
import WebAutoExtractor from "@marbec/web-auto-extractor";
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { mf2 } from "microformats-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";
import { png } from "../../support/workspace.ts";

let blog: Blog;

const post = (title: string, keys: string, body = `Text of ${title}.\n`) =>
	`---\ntitle: ${title}\n${keys}\n---\n${body}`;

const sentence = "A sentence of a text that is long enough for a reader to take it for an article. ";

const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"></svg>';

beforeAll(async () => {
	blog = await startBlog({
		files: {
			"site.yaml": [
				"title: A test of cats",
				"tagline: With claws",
				"url: https://cats.example",
				"timezone: Asia/Tokyo",
				"posts_per_page: 3",
				"author: { name: Mika Aoyama }",
				"security_contact: security@cats.example",
				"head:",
				"  - meta: { name: google-site-verification, content: '\"><script>' }",
				"  - link: { rel: me, href: https://social.example/@mika }",
				"authors:",
				"  Mika Aoyama: { bio: Writes about cats., url: https://mika.example/, avatar: '/media/a b.svg' }",
			].join("\n"),
			"media/a b.svg": drawing,
			"posts/pinned.md": post("Kept on top", "date: 2020-01-02\npinned: true\nupdated: 2025-02-03"),
			"posts/pinned-ja.md": post("固定", "date: 2020-01-03\npinned: true\nlang: ja"),
			"posts/unlisted.md": post(
				"For those who know",
				"date: 2024-05-20\nunlisted: true\ntags: [secret]\ncategories: [Hidden]\nseries: Out of sight\nauthor: Quiet Tom\ntranslation: known\nlang: fr",
			),
			"posts/known.md": post("Known to all", "date: 2024-05-19\ntranslation: known"),
			"posts/elsewhere.md": post(
				"First elsewhere",
				"date: 2024-05-18\ncanonical: https://first.example/it/\ntags: [edge]",
				"![A drawing](</media/a b.svg>)\n",
			),
			"posts/drawn.md": post("Drawn", "date: 2024-05-17", "![A drawing](</media/a b.svg>)\n"),
			"media/cover.png": png(1200, 800),
			"posts/full.md": post(
				'"\\"Quoted\\" </script><!-- & 改行"',
				[
					"date: 2024-05-10T09:00",
					"updated: 2024-05-11T09:00",
					"lang: ja",
					"authors: [Mika Aoyama, Tom & Co]",
					"categories: [Cloud, Sea]",
					"tags: [edge, '</script>']",
					"series: The bay",
					"translation: full",
					"image: { src: /media/cover.png, alt: 表紙 }",
				].join("\n"),
				`猫は縁側で眠る。${"とても長い文章が続く。".repeat(40)}`,
			),
			"posts/full-en.md": post(
				"Full",
				"date: 2024-05-09\ntranslation: full\nseries: The bay",
				sentence.repeat(30),
			),
			"public/ads.txt": "cats.example, 1, DIRECT\n",
			"public/.well-known/webfinger.json": "{}\n",
			"pages/hidden.md": "---\ntitle: Hidden page\nunlisted: true\n---\nPsst.\n",
		},
	});
});
afterAll(() => blog.stop());

const text = async (path: string) => {
	const response = await blog.get(path);
	return { status: response.status, html: await response.text() };
};

describe("an unlisted post", () => {
	const path = "/2024/05/20/unlisted/";

	it("is at its address, and search engines are told not to index it", async () => {
		const { status, html } = await text(path);
		expect(status).toBe(200);
		expect(html).toContain('<meta name="robots" content="noindex"');
		expect(html).toContain('id="write"');
		expect((await text("/hidden/")).html).toContain('<meta name="robots" content="noindex"');
	});

	it("is in no list, feed or sitemap, and the lists only it would be in do not exist", async () => {
		const lists = ["/", "/page/2/", "/page/3/", "/archive/", "/2024/", "/2024/05/", "/en/", "/ja/"];
		const files = ["/feed.xml", "/sitemap.xml", "/ja/feed.xml", "/comments.xml"];
		const others = ["/2024/05/19/known/", "/nowhere/unlisted/"];
		await blog.post("/comments", { post: "unlisted", name: "花子", text: "I found it." });
		for (const each of [...lists, ...files, ...others]) {
			const { html } = await text(each);
			expect(html, each).not.toContain("unlisted/");
			expect(html, each).not.toMatch(/For those who know|\/hidden\//);
		}
		for (const gone of [
			"/tag/secret/",
			"/category/hidden/",
			"/series/out-of-sight/",
			"/author/quiet-tom/",
			"/fr/",
		])
			expect((await text(gone)).status, gone).toBe(404);
	});

	it("keeps its author's name, and its comments their permalinks", async () => {
		expect((await blog.post("/comments", { post: "known", name: "Quiet Tom", text: "Me." })).status).toBe(
			422,
		);
		expect((await text("/2024/05/20/unlisted/comments.xml")).html).toContain("I found it.");
	});
});

describe("a pinned post", () => {
	const titles = (html: string) =>
		[...html.matchAll(/<h2[^>]*>.*?<a [^>]*>(.*?)<\/a>/gs)].map(([, title]) =>
			title?.replace(/<wbr\/?>/g, ""),
		);

	it("comes first on the home page and in the list of its language, once, and says why", async () => {
		const pages = await Promise.all(["/", "/page/2/", "/page/3/"].map(text));
		const all = pages.flatMap(({ html }) => titles(html));
		expect(all.slice(0, 3)).toEqual(["固定", "Kept on top", "Known to all"]);
		expect(new Set(all).size).toBe(all.length);
		expect(pages[0]?.html.match(/class="pinned-mark"/g)).toHaveLength(2);
		expect(titles((await text("/ja/")).html)[0]).toBe("固定");
		expect(titles((await text("/en/")).html)[0]).toBe("Kept on top");
	});

	it("is where its date puts it everywhere else", async () => {
		const { html } = await text("/author/mika-aoyama/");
		expect(titles(html)[0]).toBe("Known to all");
		expect(html).not.toContain('class="pinned-mark"');
		const feed = (await text("/feed.xml")).html;
		expect(feed.indexOf("Kept on top")).toBeGreaterThan(feed.indexOf("Closed"));
	});
});

describe("a post that appeared first on another site", () => {
	it("names that address as the canonical one", async () => {
		const { html } = await text("/2024/05/18/elsewhere/");
		expect(html.match(/<link rel="canonical"[^>]*>/g)).toEqual([
			'<link rel="canonical" href="https://first.example/it/"/>',
		]);
		expect(html).toContain('<meta property="og:url" content="https://first.example/it/"/>');
	});
});

describe("the sitemap", () => {
	const urls = async () => {
		const { html } = await text("/sitemap.xml");
		const all = [...html.matchAll(/<url><loc>https:\/\/cats\.example(.*?)<\/loc>(.*)<\/url>/g)];
		return new Map(all.map(([, path, rest]) => [decodeURI(path ?? ""), rest ?? ""]));
	};
	const changed = (rest: string | undefined) => /<lastmod>(.*?)<\/lastmod>/.exec(rest ?? "")?.[1];

	it("has every page of the blog that is for search engines, and no other", async () => {
		const paths = [...(await urls()).keys()];
		expect(paths.toSorted()).toEqual(
			[
				...["/", "/archive/", "/2020/", "/2020/01/", "/2024/", "/2024/05/", "/en/", "/ja/", "/about/"],
				...["/category/cloud/", "/category/クラウド/", "/category/sea/", "/tag/edge/", "/tag/script/"],
				...["/author/mika-aoyama/", "/author/tom-co/", "/series/the-bay/", "/2024/05/09/full-en/", full],
				...["/2020/01/02/pinned/", "/2020/01/03/pinned-ja/", "/2024/05/01/hello/", "/2024/05/02/こんばんは/"],
				...["/2024/05/03/closed/", "/2024/05/19/known/", "/2024/05/17/drawn/"],
			].toSorted(),
		);
		for (const path of paths) expect((await text(encodeURI(path))).status, path).toBe(200);
	});

	it("says when each was last changed: lists with what they show", async () => {
		const all = await urls();
		expect(changed(all.get("/2020/01/02/pinned/"))).toBe("2025-02-02T15:00:00.000Z");
		expect(changed(all.get("/2024/05/01/hello/"))).toBe("2024-04-30T15:00:00.000Z");
		// A revision changes the summary on the home page, but neither the archive nor a later page of a list.
		expect(changed(all.get("/"))).toBe("2025-02-02T15:00:00.000Z");
		expect(changed(all.get("/archive/"))).toBe("2024-05-18T15:00:00.000Z");
		expect(changed(all.get("/2020/"))).toBe("2020-01-02T15:00:00.000Z");
		expect(changed(all.get("/author/mika-aoyama/"))).toBe("2024-05-18T15:00:00.000Z");
		expect(changed(all.get("/about/"))).toBeUndefined();
	});

	it("has language versions and images", async () => {
		const all = await urls();
		for (const path of ["/", "/ja/"])
			expect(all.get(path)).toContain('hreflang="ja" href="https://cats.example/ja/"');
		expect(all.get("/2024/05/17/drawn/")).toContain(
			"<image:image><image:loc>https://cats.example/media/a%20b.svg</image:loc></image:image>",
		);
	});
});

const full = "/2024/05/10/full/";

/** A page of each type for readers. */
const pages = [
	...["/", "/page/2/", "/ja/", "/archive/", "/2024/", "/2024/05/", "/about/", "/2024/05/09/full-en/", full],
	...["/category/cloud/", "/tag/edge/", "/author/mika-aoyama/", "/series/the-bay/", `${full}?sort=top`],
];

describe("structured data", () => {
	type Node = { "@type": string; [name: string]: unknown };
	const graph = async (path: string): Promise<Node[]> => {
		const { jsonld, errors } = new WebAutoExtractor({}).parse((await text(path)).html);
		expect(errors ?? [], path).toEqual([]);
		return Object.values(jsonld as unknown as Record<string, Node[]>).flat();
	};

	it.each(pages)("is what search engines ask for: %s", async (path) => {
		const extracted = new WebAutoExtractor({ addLocation: true }).parse((await text(path)).html);
		expect(await new Validator().validate(extracted)).toEqual([]);
		const types = (await graph(path)).map((node) => node["@type"]);
		const isPost = /full/.test(path);
		expect(types).toEqual(
			path === "/" || path === "/page/2/"
				? ["WebSite"]
				: isPost
					? ["BlogPosting", "BreadcrumbList"]
					: path === "/about/"
						? ["WebPage", "BreadcrumbList"]
						: ["BreadcrumbList"],
		);
	});

	it("says how the blog is searched", async () => {
		const [site] = await graph("/");
		const [, template = ""] = /"urlTemplate":"([^"]*)"/.exec(JSON.stringify(site)) ?? [];
		const path = template.replace("{search_term_string}", "edge").replace("https://cats.example", "");
		expect((await text(path)).html).toContain("First elsewhere");
	});

	it("says of a post what its page says, whatever it contains", async () => {
		await blog.post("/comments", { post: "full", name: "花子", text: "One." });
		const [posting, way] = await graph(full);
		expect(posting).toMatchObject({
			url: `https://cats.example${full}`,
			headline: '"Quoted" </script><!-- & 改行',
			inLanguage: "ja",
			datePublished: "2024-05-10T00:00:00.000Z",
			dateModified: "2024-05-11T00:00:00.000Z",
			author: [
				{ "@type": "Person", name: "Mika Aoyama", url: "https://cats.example/author/mika-aoyama/" },
				{ "@type": "Person", name: "Tom & Co", url: "https://cats.example/author/tom-co/" },
			],
			image: "https://cats.example/media/cover.png",
			keywords: ["edge", "</script>"],
			articleSection: ["Cloud", "Sea"],
			commentCount: 1,
		});
		expect(posting?.wordCount).toBe(7 + 40 * 10);
		expect(way).toMatchObject({
			itemListElement: [
				{ position: 1, item: "https://cats.example/" },
				{ position: 2, name: "Cloud", item: "https://cats.example/category/cloud/" },
				{ position: 3, item: `https://cats.example${full}` },
			],
		});
	});
});

describe("microformats", () => {
	type Item = {
		type?: string[];
		value?: string;
		properties: Record<string, (string | Item)[]>;
		children?: Item[];
	};
	const items = async (path: string): Promise<Item[]> =>
		mf2((await text(path)).html, { baseUrl: `https://cats.example${path}` }).items as Item[];

	it("describe a post, its authors and its comments", async () => {
		await blog.post("/comments", {
			post: "full-en",
			name: "花子",
			website: "https://hana.example/",
			text: "One.",
		});
		const [, id = ""] = /\/comments\/(\d+)"/.exec((await text("/2024/05/09/full-en/")).html) ?? [];
		await blog.post("/comments", { post: "full-en", name: "Tom", text: "Two.", parent: id });
		const found = await items("/2024/05/09/full-en/");
		expect(found.map(({ type }) => type)).toEqual([["h-entry"]]);
		const { name, url, published, author, comment, content } = found[0]?.properties ?? {};
		expect([name, url, published]).toEqual([
			["Full"],
			["https://cats.example/2024/05/09/full-en/"],
			["2024-05-08T15:00:00.000Z"],
		]);
		expect(author).toMatchObject([
			{ properties: { name: ["Mika Aoyama"], url: ["https://cats.example/author/mika-aoyama/"] } },
		]);
		expect(content).toMatchObject([{ value: expect.stringContaining(sentence.trim()) }]);
		const post = "https://cats.example/2024/05/09/full-en/";
		expect(comment).toMatchObject([
			{
				type: ["h-cite"],
				properties: {
					author: [{ type: ["h-card"], properties: { name: ["花子"], url: ["https://hana.example/"] } }],
					url: [`https://cats.example/comments/${id}`],
					published: ["2026-01-01T00:00:00.000Z"],
					content: [{ value: "One." }],
					"in-reply-to": [post],
				},
			},
			{
				properties: {
					author: [{ properties: { name: ["Tom"] } }],
					content: [{ value: "Two." }],
					"in-reply-to": [`https://cats.example/comments/${id}`],
				},
			},
		]);
	});

	it("name all that a post has", async () => {
		const [entry] = await items(full);
		expect(entry?.properties).toMatchObject({
			updated: ["2024-05-11T00:00:00.000Z"],
			category: ["Cloud", "Sea", "edge", "</script>"],
			featured: ["https://cats.example/media/cover.png"],
			author: [{ properties: { name: ["Mika Aoyama"] } }, { properties: { name: ["Tom & Co"] } }],
		});
	});

	it.each([
		...["/", "/ja/", "/category/cloud/", "/tag/edge/", "/author/mika-aoyama/", "/series/the-bay/"],
		...["/archive/", "/2024/", "/2024/05/"],
	])("describe a list as a feed of entries: %s", async (path) => {
		const { html } = await text(path);
		const [feed] = await items(path);
		expect(feed?.type).toEqual(["h-feed"]);
		expect(feed?.properties.name).toHaveLength(1);
		const addresses = [...html.matchAll(/<(?:h2|span)[^>]*><a href="([^"]*)" class="u-url/g)].map(
			([, address]) => `https://cats.example${address}`,
		);
		expect(addresses.length).toBeGreaterThan(0);
		expect(feed?.children?.map(({ properties }) => properties.url)).toEqual(addresses.map((each) => [each]));
		for (const { properties } of feed?.children ?? []) {
			expect(properties).toMatchObject({ name: [expect.any(String)], published: [expect.any(String)] });
		}
	});

	it("describe an author by their profile", async () => {
		const [feed] = await items("/author/mika-aoyama/");
		expect(feed?.properties.author).toMatchObject([
			{
				properties: {
					name: ["Mika Aoyama"],
					note: ["Writes about cats."],
					url: ["https://mika.example/"],
					photo: ["https://cats.example/media/a%20b.svg"],
				},
			},
		]);
	});
});

describe("a browser's reader mode", () => {
	it.each([
		["/2024/05/09/full-en/", "Mika Aoyama", "Full", "en", "2024-05-08T15:00:00.000Z"],
		[full, "Mika Aoyama, Tom & Co", '"Quoted" </script><!-- & 改行', "ja", "2024-05-10T00:00:00.000Z"],
	])("finds title, authors, date and text of %s", async (path, byline, title, lang, publishedTime) => {
		const { document } = parseHTML((await text(path)).html);
		const article = new Readability(document as unknown as Document).parse();
		expect(article).toMatchObject({ byline, title, lang, publishedTime, siteName: "A test of cats" });
		expect(article?.textContent).toContain(lang === "ja" ? "猫は縁側で眠る。" : sentence.trim());
		expect(article?.textContent).not.toMatch(/花子|Write a comment/);
	});
});

describe("link previews", () => {
	const properties = async (path: string) =>
		[
			...(await text(path)).html.matchAll(
				/<meta (?:property|name)="((?:og|article|twitter):[^"]+)" content="([^"]*)"/g,
			),
		].map(([, name = "", content = ""]) => [name, content]);

	it("are complete for a post", async () => {
		expect(await properties(full)).toEqual([
			["og:site_name", "A test of cats"],
			["og:title", "&quot;Quoted&quot; &lt;/script&gt;&lt;!-- &amp; 改行"],
			["og:description", expect.stringContaining("猫は縁側で眠る。")],
			["og:type", "article"],
			["og:url", `https://cats.example${full}`],
			["og:locale", "ja_JP"],
			["og:locale:alternate", "en_US"],
			["og:image", "https://cats.example/media/cover.png"],
			["og:image:width", "1200"],
			["og:image:height", "800"],
			["og:image:alt", "表紙"],
			["twitter:image:alt", "表紙"],
			["twitter:card", "summary_large_image"],
			["article:published_time", "2024-05-10T00:00:00.000Z"],
			["article:modified_time", "2024-05-11T00:00:00.000Z"],
			["article:author", "https://cats.example/author/mika-aoyama/"],
			["article:author", "https://cats.example/author/tom-co/"],
			["article:section", "Cloud"],
			["article:tag", "edge"],
			["article:tag", "&lt;/script&gt;"],
		]);
	});

	it.each(pages)("have no image that other sites do not show, and a country's language: %s", async (path) => {
		const all = new Map((await properties(path)).map(([name = "", content = ""]) => [name, content]));
		expect(all.get("og:image") ?? "x.png").toMatch(/\.png$/);
		expect(all.get("og:locale")).toMatch(/^(?:en_US|ja_JP)$/);
		expect(all.get("twitter:card")).toBe(all.has("og:image") ? "summary_large_image" : "summary");
	});
});

describe("the owner's own elements and files", () => {
	it("are in the head of every page, as attributes", async () => {
		for (const path of [...pages, "/nowhere", "/me"]) {
			const { html } = await text(path);
			expect(html, path).toContain(
				'<meta name="google-site-verification" content="&quot;&gt;&lt;script&gt;"/>',
			);
			expect(html, path).toContain('<link rel="me" href="https://social.example/@mika"/>');
		}
	});

	it("are served at the root, and browsers guess no other type", async () => {
		for (const path of [
			"/ads.txt",
			"/.well-known/webfinger.json",
			"/favicon.ico",
			"/icon.svg",
			"/site.webmanifest",
		]) {
			const response = await blog.get(path);
			expect([path, response.status, response.headers.get("X-Content-Type-Options")]).toEqual([
				path,
				200,
				"nosniff",
			]);
		}
		expect((await text("/ads.txt")).html).toBe("cats.example, 1, DIRECT\n");
	});

	it("include where to report a security hole, valid for months from any day", async () => {
		const response = await blog.get("/.well-known/security.txt");
		expect(response.headers.get("Content-Type")?.toLowerCase()).toBe("text/plain; charset=utf-8");
		const lines = (await response.text())
			.trim()
			.split("\n")
			.map((line) => line.split(/: (.*)/s).slice(0, 2));
		const fields = Object.fromEntries(lines);
		expect(Object.keys(fields)).toEqual(["Contact", "Expires", "Preferred-Languages", "Canonical"]);
		expect(fields.Contact).toBe("mailto:security@cats.example");
		expect(fields.Canonical).toBe("https://cats.example/.well-known/security.txt");
		const months = (Date.parse(fields.Expires ?? "") - blog.now) / (30 * 86_400_000);
		expect(months).toBeGreaterThan(6);
		expect(months).toBeLessThan(12);
	});
});

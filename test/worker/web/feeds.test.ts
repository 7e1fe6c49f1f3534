import { parseFeed } from "@rowanmanning/feed-parser";
import RssParser from "rss-parser";
import { SaxesParser } from "saxes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { feedExtensions, feedTypes } from "../../../src/posts/locations.ts";
import { type Blog, type Files, startBlog } from "../../support/blog.ts";

const blogId = "6f1b9a0e-2f1c-4c55-9d0a-8f1f6a2f4b11";
const oldId = "https://old.example/?p=7&x=1";

const files: Files = {
	"site.yaml": `title: Cats & "dogs"\ntagline: A <line>\nurl: https://cats.example\nblog_id: ${blogId}\nhub: https://hub.example/\nblogroll: [{ title: "Dogs & <co>", url: "https://dogs.example", feed: "https://dogs.example/?a&b" }]\nauthors: { Ann: { url: "https://ann.example/" } }\n`,
	"posts/2024-05-01-hello.md":
		"---\ntitle: Hello & <welcome>\ndate: 2024-05-01T10:00:00Z\nupdated: 2024-06-01T10:00:00Z\nauthor: Ann\nimage: { src: cat.svg, alt: A cat }\ncategories: [Cloud]\ntags: [edge]\nseries: Cats\n---\nThe **first** post[^1], with <IMG SRC='/img/a.png' SRCSET=\"/img/a.png 1x, cat.svg 2x\"> and <q cite=/more/>said</q>.\n\n<video poster=/img/p.png src='/img/v.mp4'></video>\n\n<audio controls src=voice.mp3></audio> [Again](voice.mp3)\n\n[^1]: A note.\n",
	"posts/cat.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
	"posts/voice.mp3": "ID3",
	"posts/2024-05-02-こんばんは.md":
		"---\ntitle: こんばんは\ndate: 2024-05-02\nlang: ja\nauthor: 花子\ncategories: [Cloud]\n---\n## はじめに\n\n本文です。\n",
	"posts/2024-05-03-arabic.md": `---\ntitle: سلام\ndate: 2024-05-03\nlang: ar\nfeed_id: ${oldId}\ncomments: off\n---\nنص.\n`,
	...Object.fromEntries(
		Array.from({ length: 43 }, (_, at) => [
			`posts/2023-01-01-p${at}.md`,
			`---\ntitle: P ${at}\ndate: ${new Date(Date.UTC(2020, 0, 1 + at)).toISOString()}\ntags: [many]\n---\nText ${at}.\n`,
		]),
	),
};

const hello = "/2024/05/01/hello/";

let blog: Blog;

beforeAll(async () => {
	blog = await startBlog({ files });
	await blog.post("/comments", { post: "2024-05-01-hello", name: "Kim", text: "First & best" });
	blog.setClock(blog.now + 60_000);
	await blog.post("/comments", { post: "2024-05-01-hello", name: "Ben", text: "A reply", parent: "1" });
});
afterAll(() => blog.stop());

const lists = ["/", "/category/cloud/", "/tag/edge/", "/author/ann/", "/series/cats/", "/ja/"];
const postFeeds = lists.map((path) => `${path}feed`);
const commentFeeds = ["/comments", `${hello}comments`];

/** An element of XML with its attributes, the elements in it and its own text. */
type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string };

/** Parses strict XML with namespaces. */
function parseXml(xml: string): Element {
	const root: Element = { name: "", attributes: {}, children: [], text: "" };
	const open = [root];
	const parser = new SaxesParser({ xmlns: true });
	parser.on("error", (error) => {
		throw error;
	});
	parser.on("opentag", ({ name, attributes }) => {
		const values = Object.entries(attributes).map(([key, { value }]) => [key, value] as const);
		const element: Element = { name, attributes: Object.fromEntries(values), children: [], text: "" };
		open.at(-1)?.children.push(element);
		open.push(element);
	});
	const addText = (text: string) => {
		const element = open.at(-1);
		if (element !== undefined) element.text += text;
	};
	parser.on("text", addText);
	parser.on("cdata", addText);
	parser.on("closetag", () => void open.pop());
	parser.write(xml).close();
	return root.children[0] ?? root;
}

const all = (element: Element | undefined, name: string) =>
	element?.children.filter((child) => child.name === name) ?? [];
const textOf = (element: Element | undefined, name: string) => all(element, name)[0]?.text ?? null;
const links = (element: Element | undefined, rel: string, name = "link") =>
	all(element, name).filter(({ attributes }) => attributes.rel === rel);

async function read(path: string): Promise<{ text: string; response: Response }> {
	const response = await blog.get(path);
	expect([path, response.status]).toEqual([path, 200]);
	return { text: await response.text(), response };
}

const atom = async (path: string) => parseXml((await read(path)).text);
const rss = async (path: string) => parseXml((await read(path)).text).children[0];
const json = async (path: string) => JSON.parse((await read(path)).text);

/** Whether a text is an absolute address or another absolute IRI. */
const isIri = (text: string) => /^(?:https?:\/\/[^/\s]+\/|urn:uuid:[\da-f-]{36}$)/.test(text);
const isDate = (text: string | null) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text ?? "");

describe.each([...postFeeds, ...commentFeeds])("the feed %s", (base) => {
	it("is valid Atom by the rules of the feed validator", async () => {
		const feed = await atom(`${base}.xml`);
		expect([feed.name, feed.attributes.xmlns]).toEqual(["feed", "http://www.w3.org/2005/Atom"]);
		for (const element of [feed, ...all(feed, "entry")]) {
			for (const name of ["id", "title", "updated"]) expect(all(element, name)).toHaveLength(1);
			expect(textOf(element, "id")).toSatisfy(isIri);
			expect(textOf(element, "id")).toBe(textOf(element, "id")?.trim());
			expect(textOf(element, "updated")).toSatisfy(isDate);
			// One alternate of each type and language.
			const alternates = links(element, "alternate").map(({ attributes }) => attributes);
			expect(new Set(alternates.map(({ type, hreflang }) => `${type} ${hreflang}`)).size).toBe(
				alternates.length,
			);
			expect(alternates.length).toBeGreaterThan(0);
			for (const { attributes } of all(element, "link")) expect(attributes.href).toSatisfy(isIri);
			expect(element.attributes["xml:lang"]).toMatch(/^(?:en|ja|ar|und-Latn)$/);
		}
		expect(links(feed, "self")[0]?.attributes.href).toBe(`https://cats.example${base}.xml`);
		const entries = all(feed, "entry");
		expect(entries.length).toBeGreaterThan(0);
		expect(new Set(entries.map((entry) => textOf(entry, "id"))).size).toBe(entries.length);
		for (const entry of entries) {
			expect(all(entry, "author").length).toBeGreaterThan(0);
			for (const author of all(entry, "author")) expect(textOf(author, "name")).not.toBe("");
			expect(all(entry, "content")[0]?.attributes.type).toBe("html");
			expect(textOf(entry, "content")).toMatch(/^<div lang="[\w-]+" dir="(?:ltr|rtl|auto)">/);
		}
		const latest = entries.map((entry) => textOf(entry, "updated") ?? "").sort();
		expect(textOf(feed, "updated")).toBe(latest.at(-1));
	});

	it("is valid RSS by the rules of the feed validator", async () => {
		const channel = await rss(`${base}.rss`);
		for (const name of ["title", "link", "description", "lastBuildDate"])
			expect(all(channel, name)).toHaveLength(1);
		expect(textOf(channel, "link")).toSatisfy(isIri);
		expect(links(channel, "self", "atom:link")[0]?.attributes).toMatchObject({
			href: `https://cats.example${base}.rss`,
			type: "application/rss+xml",
		});
		const items = all(channel, "item");
		for (const item of items) {
			expect(all(item, "guid")[0]?.attributes.isPermaLink).toBe("false");
			expect(textOf(item, "guid")).toSatisfy(isIri);
			expect(textOf(item, "link")).toSatisfy(isIri);
			expect(new Date(textOf(item, "pubDate") ?? "").toUTCString()).toBe(textOf(item, "pubDate"));
			expect(all(item, "dc:creator").length).toBeGreaterThan(0);
			expect(all(item, "enclosure").length).toBeLessThan(2);
			expect(textOf(item, "content:encoded")).toMatch(/^<div lang="[\w-]+" dir="(?:ltr|rtl|auto)">/);
		}
	});

	it("is valid JSON Feed 1.1", async () => {
		const feed = await json(`${base}.json`);
		expect(feed).toMatchObject({
			version: "https://jsonfeed.org/version/1.1",
			title: expect.any(String),
			home_page_url: expect.stringMatching(/^https:/),
			feed_url: `https://cats.example${base}.json`,
		});
		for (const item of feed.items) {
			expect(item.id).toSatisfy(isIri);
			expect(item.url).toSatisfy(isIri);
			expect(item.date_published).toSatisfy(isDate);
			expect(item.date_modified).toSatisfy(isDate);
			expect(item.content_html).toMatch(/^<div lang=/);
			expect(item.authors.length).toBeGreaterThan(0);
		}
	});

	it("has the same entries in every format, and to two parsers that others wrote", async () => {
		const feed = await json(`${base}.json`);
		const expected = feed.items.map(({ id, url, title, content_html }: Record<string, string>) => ({
			id,
			url,
			title,
			html: content_html,
		}));
		for (const extension of ["xml", "rss"]) {
			const { text } = await read(`${base}.${extension}`);
			const parsed = parseFeed(text);
			expect(parsed.title).toBe(feed.title);
			expect(parsed.items.map(({ id, url, title, content }) => ({ id, url, title, html: content }))).toEqual(
				expected,
			);
			const other = await new RssParser().parseString(text);
			expect(other.items.map((item) => [item.id ?? item.guid, item.link, item.title])).toEqual(
				expected.map(({ id, url, title }: Record<string, string>) => [id, url, title]),
			);
		}
	});

	it("travels as a type that the platform compresses, and looks like the blog in a browser", async () => {
		for (const extension of feedExtensions) {
			const { response, text } = await read(`${base}.${extension}`);
			const type = extension === "json" ? "application/json" : "application/xml";
			expect(response.headers.get("Content-Type")).toBe(`${type}; charset=utf-8`);
			if (extension === "json") continue;
			expect(text).toContain('<?xml-stylesheet type="text/css" href="/feed.css"?>');
			expect(response.headers.get("Content-Security-Policy")).toContain("style-src 'self';");
		}
	});
});

const idsOf = async (blog: Blog, path: string) =>
	(JSON.parse(await (await blog.get(path)).text()) as { items: { id: string }[] }).items.map(({ id }) => id);

describe("the id of an entry", () => {
	it("is made of the blog's id and its own, or given by feed_id, and the same in every feed", async () => {
		const site = await idsOf(blog, "/feed.json");
		expect(site[0]).toBe(oldId);
		expect(site.slice(1).every((id) => /^urn:uuid:[\da-f]{8}-[\da-f]{4}-5/.test(id))).toBe(true);
		for (const feed of postFeeds)
			for (const id of await idsOf(blog, `${feed}.json`)) expect(site).toContain(id);
		const [first] = await idsOf(blog, `${hello}comments.json`);
		expect(await idsOf(blog, "/comments.json")).toContain(first);
	});
});

describe("an entry", () => {
	const entryOf = async (path: string, title: string) =>
		all(await atom(path), "entry").find((entry) => textOf(entry, "title") === title);

	it("is in its language and direction, with its authors, categories and times", async () => {
		const entry = await entryOf("/feed.xml", "Hello & <welcome>");
		expect(entry?.attributes["xml:lang"]).toBe("en");
		expect(textOf(entry, "published")).toBe("2024-05-01T10:00:00.000Z");
		expect(textOf(entry, "updated")).toBe("2024-06-01T10:00:00.000Z");
		expect(all(entry, "category").map(({ attributes }) => attributes)).toEqual([
			{ term: "cloud", label: "Cloud" },
			{ term: "edge", label: "edge" },
		]);
		const arabic = await entryOf("/feed.xml", "سلام");
		expect(arabic?.attributes["xml:lang"]).toBe("ar");
		expect(textOf(arabic, "content")).toMatch(/^<div lang="ar" dir="rtl">/);
	});

	it("has no relative address, and refers to no id", async () => {
		const html = textOf(await entryOf("/feed.xml", "Hello & <welcome>"), "content") ?? "";
		const addresses = [...html.matchAll(/(?:src|srcset|poster|cite|href)=["']?([^"' >]*)/gi)].map(
			([, address]) => address,
		);
		expect(addresses.length).toBeGreaterThan(4);
		for (const address of addresses) expect(address).toMatch(/^https:\/\//);
		expect(html).not.toMatch(/aria-describedby|\bid=/);
	});

	it("offers its image and its recordings", async () => {
		const title = "Hello & <welcome>";
		const entry = await entryOf("/feed.xml", title);
		const size = String(files["posts/cat.svg"]?.length);
		const [image, voice] = [
			{ type: "image/svg+xml", length: size, href: "https://cats.example/media/posts/cat.svg" },
			{ type: "audio/mpeg", length: "3", href: "https://cats.example/media/posts/voice.mp3" },
		];
		expect(links(entry, "enclosure").map(({ attributes }) => attributes)).toEqual([
			{ rel: "enclosure", ...image },
			{ rel: "enclosure", ...voice },
		]);
		const item = all(await rss("/feed.rss"), "item").find((each) => textOf(each, "title") === title);
		expect(all(item, "enclosure").map(({ attributes }) => attributes)).toEqual([
			{ url: voice.href, type: voice.type, length: voice.length },
		]);
		const { items } = await json("/feed.json");
		const own = items.find((each: { title: string }) => each.title === title);
		expect(own.image).toBe(image.href);
		expect(own.attachments).toHaveLength(2);
	});

	it("says where its replies are, and how many", async () => {
		const entry = await entryOf("/feed.xml", "Hello & <welcome>");
		expect(links(entry, "replies").map(({ attributes }) => attributes)).toEqual([
			{
				rel: "replies",
				type: feedTypes.xml,
				href: `https://cats.example${hello}comments.xml`,
				"thr:count": "2",
			},
			{
				rel: "replies",
				type: "text/html",
				href: `https://cats.example${hello}#comments`,
				"thr:count": "2",
			},
		]);
		expect(textOf(entry, "thr:total")).toBe("2");
		expect(links(await entryOf("/feed.xml", "سلام"), "replies")).toEqual([]);
	});

	it("of a comment names the entry it replies to by the id that it has in its feed", async () => {
		const posts = all(await atom("/feed.xml"), "entry");
		const postIds = posts.map((entry) => textOf(entry, "id"));
		const comments = all(await atom("/comments.xml"), "entry");
		const refs = comments.map((entry) => all(entry, "thr:in-reply-to")[0]?.attributes.ref);
		expect(comments).toHaveLength(2);
		expect(refs[0]).toBe(textOf(comments[1], "id"));
		expect(postIds).toContain(refs[1]);
	});
});

describe("a comment that is approved late", () => {
	it("is an entry of that day, before all others", async () => {
		await blog.db.prepare("UPDATE comments SET state = 'held', published_at = NULL WHERE id = 1").run();
		const late = blog.now + 86_400_000;
		await blog.db
			.prepare("UPDATE comments SET state = 'published', published_at = ? WHERE id = 1")
			.bind(late)
			.run();
		const [entry] = all(await atom("/comments.xml"), "entry");
		expect(textOf(entry, "published")).toBe(new Date(late).toISOString());
	});
});

describe("the documents of a feed", () => {
	it.each(feedExtensions)("lead to the first post (RFC 5005): %s", async (extension) => {
		const titles: string[] = [];
		let query = "";
		const seen = new Set<string>();
		while (!seen.has(query)) {
			seen.add(query);
			const path = `/tag/many/feed.${extension}${query}`;
			let next: string | undefined;
			if (extension === "json") {
				const feed = await json(path);
				titles.push(...feed.items.map(({ title }: { title: string }) => title));
				next = feed.next_url;
			} else {
				const feed = extension === "xml" ? await atom(path) : await rss(path);
				const link = extension === "xml" ? "link" : "atom:link";
				titles.push(
					...all(feed, extension === "xml" ? "entry" : "item").map((each) => textOf(each, "title") ?? ""),
				);
				const href = (rel: string) => links(feed, rel, link)[0]?.attributes.href;
				expect(href("self")).toBe(`https://cats.example${path}`);
				expect(href("last")).toMatch(/\?page=3$/);
				expect(href("first")).toBe(`https://cats.example/tag/many/feed.${extension}`);
				expect(href("previous") === undefined).toBe(query === "");
				next = href("next");
			}
			query = next === undefined ? query : new URL(next).search;
		}
		expect(titles).toEqual(Array.from({ length: 43 }, (_, at) => `P ${42 - at}`));
		expect((await blog.get(`/tag/many/feed.${extension}?page=4`)).status).toBe(404);
	});
});

describe("the documents of a feed of comments", () => {
	const base = `${encodeURI("/2024/05/02/こんばんは/")}comments`;
	const first = 1001;
	beforeAll(() =>
		blog.db
			.prepare(
				`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 109)
				INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at, published_at)
				SELECT ${first} + i, '2024-05-02-こんばんは', printf('%08x', ${first} + i), 'published', 'Ann', 'v', 'x', '<p>x</p>',
					'many ' || i, 1600000000000, 1600000000000 + i / 2 FROM n`,
			)
			.run(),
	);
	const number = (url: string) => Number(url.split("/").at(-1));
	const allIds = Array.from({ length: 110 }, (_, at) => first + 109 - at);

	/** Reads a document: its links by relation, and the numbers of its comments. */
	async function documentOf(path: string): Promise<{ links: Record<string, string>; ids: number[] }> {
		if (path.includes(".json")) {
			const { feed_url, next_url, items } = await json(path);
			const ids = items.map(({ url }: { url: string }) => number(url));
			return { links: { self: feed_url, ...(next_url === undefined ? {} : { next: next_url }) }, ids };
		}
		const isRss = path.includes(".rss");
		const feed = isRss ? await rss(path) : await atom(path);
		const relations = all(feed, isRss ? "atom:link" : "link").map(({ attributes }) => attributes);
		const urls = isRss
			? all(feed, "item").map((item) => textOf(item, "link") ?? "")
			: all(feed, "entry").map((entry) => links(entry, "alternate")[0]?.attributes.href ?? "");
		return {
			links: Object.fromEntries(relations.map(({ rel = "", href = "" }) => [rel, href])),
			ids: urls.map(number),
		};
	}

	it.each(feedExtensions)("lead to the first comment (RFC 5005): %s", async (extension) => {
		const ids: number[] = [];
		const site = "https://cats.example";
		const newest = `${base}.${extension}`;
		for (let path: string | null = newest; path !== null; ) {
			const found = await documentOf(path);
			ids.push(...found.ids);
			expect(found.links.self).toBe(site + path);
			if (extension !== "json") expect(found.links.first).toBe(site + newest);
			path = found.links.next?.slice(site.length) ?? null;
		}
		expect(ids).toEqual(allIds);
	});

	it("are purged with the newest, also in those of the whole blog", async () => {
		const last = `?before=${first + 10}`;
		for (const feed of [base, "/comments"]) {
			const { response, text } = await read(`${feed}.json${last}`);
			const newest = await read(`${feed}.json`);
			expect(response.headers.get("Cache-Tag")).toBe(newest.response.headers.get("Cache-Tag"));
			expect(JSON.parse(text).items.map(({ url }: { url: string }) => number(url))).toEqual(
				allIds.slice(100),
			);
			await blog.db.prepare("UPDATE comments SET html = '<p>edited</p>' WHERE id = ?").bind(first).run();
			expect((await read(`${feed}.json${last}`)).text).toContain("edited");
			await blog.db.prepare("UPDATE comments SET html = '<p>x</p>' WHERE id = ?").bind(first).run();
		}
	});

	it("begin after no comment that was never there, and after the first there is none", async () => {
		for (const id of [first, 1, 999_999])
			expect((await blog.get(`${base}.xml?before=${id}`)).status).toBe(404);
	});
});

describe("a feed without entries", () => {
	it("is dated by the deployment or its post, not 1970", async () => {
		for (const path of ["/2024/05/03/closed/comments.xml"]) {
			const sample = await startBlog();
			const feed = parseXml(await (await sample.get(path)).text());
			expect(textOf(feed, "updated")).toMatch(/^2024-05-0[23]/);
			const comments = parseXml(await (await sample.get("/comments.xml")).text());
			expect(textOf(comments, "updated")).toMatch(/^2026-/);
			await sample.stop();
		}
	});
});

describe("the hub", () => {
	it("is named in every feed of posts and in its headers", async () => {
		for (const base of postFeeds) {
			const feed = await atom(`${base}.xml`);
			expect(links(feed, "hub")[0]?.attributes.href).toBe("https://hub.example/");
			expect(links(await rss(`${base}.rss`), "hub", "atom:link")[0]?.attributes.href).toBe(
				"https://hub.example/",
			);
			expect((await json(`${base}.json`)).hubs).toEqual([{ type: "WebSub", url: "https://hub.example/" }]);
			const { headers } = await blog.get(`${base}.rss`);
			expect(headers.get("Link")).toBe(
				`<https://hub.example/>; rel="hub", <https://cats.example${base}.rss>; rel="self"`,
			);
		}
	});
});

describe("the blogroll", () => {
	it("is OPML that names each blog and its feed, and is linked from every page", async () => {
		const opml = await atom("/blogroll.opml");
		expect([opml.name, opml.attributes.version]).toEqual(["opml", "2.0"]);
		expect(textOf(all(opml, "head")[0], "title")).toBe('Cats & "dogs"');
		expect(all(all(opml, "body")[0], "outline").map(({ attributes }) => attributes)).toEqual([
			{
				type: "rss",
				text: "Dogs & <co>",
				title: "Dogs & <co>",
				xmlUrl: "https://dogs.example/?a&b",
				htmlUrl: "https://dogs.example/",
			},
		]);
		expect((await read("/")).text).toContain('<link rel="blogroll" type="text/xml" href="/blogroll.opml"/>');
	});
});

describe("a page", () => {
	it("leads to its feed in every format, and to those of the blog", async () => {
		for (const page of [...lists, hello]) {
			const { text } = await read(page);
			for (const extension of feedExtensions) {
				const own = page === hello ? `${page}comments.${extension}` : `${page}feed.${extension}`;
				for (const path of [`/feed.${extension}`, own])
					expect(text).toMatch(
						new RegExp(
							`<link rel="alternate" type="${feedTypes[extension].replace("+", "\\+")}"[^>]* href="${path}"/>`,
						),
					);
			}
			expect(text).toContain('href="/comments.xml"');
		}
	});
});

// The last: it moves the blog.
describe("every id", () => {
	it("survives a move of the blog to another address, of its posts and of its lists", async () => {
		const before = [...(await idsOf(blog, "/feed.json")), ...(await idsOf(blog, "/comments.json"))];
		const moved = String(files["site.yaml"]).replace("https://cats.example", "http://other.example");
		await blog.deploy({ ...files, "site.yaml": `${moved}permalink: /:slug/\n` });
		expect([...(await idsOf(blog, "/feed.json")), ...(await idsOf(blog, "/comments.json"))]).toEqual(before);
	});
});

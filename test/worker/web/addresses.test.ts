import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";

let blog: Blog;

const post = (keys: string) => `---\ntitle: A post\n${keys}\n---\nText.\n`;

beforeAll(async () => {
	blog = await startBlog({
		files: {
			"site.yaml": [
				"title: A test of cats",
				"url: https://cats.example",
				"timezone: Asia/Tokyo",
				"posts_per_page: 2",
				"permalink: /:lang/:category/:slug/",
				"previous_permalinks: [/blog/:year/:slug.html, '/:year-:month-:day/:slug', /p/:slug]",
			].join("\n"),
			"posts/a-long-walk.md": post("date: 2023-01-02\nwordpress_id: 123\ncategories: [Out of doors, Cloud]"),
			"posts/Çedilla.md": post("date: 2023-01-03\nwordpress_id: 124\ntags: [Été, edge]"),
			"posts/Ｑ＆Ａ①.md": post("date: 2023-01-04\ntags: [Ｑ＆Ａ①]"),
			"posts/later.md": post("date: 2030-01-01T09:00\nwordpress_id: 125\naliases: /soon\ntags: [someday]"),
			"pages/Über/uns.md": "---\ntitle: Über uns\naliases: /impressum.php\nwordpress_id: 7\n---\nWir.\n",
		},
	});
});
afterAll(() => blog.stop());

const normalForms = ["NFC", "NFD", "NFKC", "NFKD"] as const;

const walk = "/en/out-of-doors/a-long-walk/";
const hello = "/en/cloud/hello/";
const evening = encodeURI("/ja/クラウド/こんばんは/");
const cedilla = encodeURI("/en/uncategorized/Çedilla/");
const wide = encodeURI("/en/uncategorized/Ｑ＆Ａ①/");
const about = encodeURI("/Über/uns/");

/** Follows one redirect and expects its target to exist. */
async function leadsTo(path: string): Promise<string> {
	const first = await blog.get(path);
	if (first.status === 200) return `200 ${path}`;
	const target = first.headers.get("Location") ?? "";
	expect(first.headers.get("Cache-Control"), path).toMatch(/^public/);
	expect((await blog.get(target)).status, `${path} leads to ${target}`).toBe(200);
	return `${first.status} ${target}`;
}

describe("a permalink pattern", () => {
	it("is made of date, slug, first category and language", async () => {
		for (const path of [walk, hello, evening, cedilla]) expect(await leadsTo(path)).toBe(`200 ${path}`);
	});

	it("redirects URLs of earlier patterns to the post in one hop", async () => {
		for (const old of [
			"/blog/2023/a-long-walk.html",
			"/2023-01-02/a-long-walk",
			"/2023-01-02/a-long-walk/",
			"/p/a-long-walk",
			"/P/A-LONG-WALK/",
		]) {
			expect(await leadsTo(old), old).toBe(`301 ${walk}`);
		}
	});
});

describe("an address", () => {
	it.each([
		[
			"a post",
			hello,
			["/en/cloud/hello", "/EN/Cloud/Hello/", "/en/cloud/hello/index.html", "//en//cloud/hello"],
		],
		["a post in any script", evening, ["/ja/クラウド/こんばんは", "/old/address", "/Old/Address/index.php"]],
		["a post with full-width letters", wide, ["/en/uncategorized/ｑ＆ａ①", "/p/Ｑ＆Ａ①/"]],
		["a tag with full-width letters", "/tag/q-a1/", ["/tag/Ｑ-Ａ①", "/tag/ｑ-ａ①/page/1/"]],
		["a page", about, ["/über/uns", "/impressum.php", "/Über/uns/index.html", "/ÜBER/UNS/"]],
		["a post with a capital", cedilla, ["/en/uncategorized/çedilla", "/p/ÇEDILLA"]],
		["the home page", "/", ["/index.html", "/index.php", "/INDEX.HTML", "/page/1/", "/page/1"]],
		["a page of it", "/page/2/", ["/page/2", "/PAGE/2/", "/page/02/", "/page/2/index.html"]],
		["a category", encodeURI("/category/クラウド/"), ["/category/クラウド", "/Category/クラウド/index.html"]],
		[
			"a nested category",
			"/category/cloud/",
			["/category/weather/cloud/", "/CATEGORY/cloud", "/category/Cloud/"],
		],
		["a tag", encodeURI("/tag/été/"), ["/tag/ÉTÉ/", "/tag/été", "/tag/été/page/1/", "/TAG/Été/"]],
		["an author", "/author/a-test-of-cats/", ["/author/A-Test-Of-Cats", "/author/a-test-of-cats/index.php"]],
		["a year", "/2024/", ["/2024", "/2024/index.html", "/2024/page/2/"]],
		["a month", "/2024/05/", ["/2024/05", "/2024/5/", "/2024/05/index.html", "/2024/05/02/"]],
		["the archive", "/archive/", ["/archive", "/ARCHIVE/"]],
		[
			"the feed",
			"/feed.xml",
			["/feed/", "/feed", "/feed/rss2/", "/feed/atom/", "/rss.xml", "/FEED.xml", "/?feed=rss2"],
		],
	])("of %s has one spelling, and every other leads there in one hop", async (_, address, spellings) => {
		expect(await leadsTo(address)).toBe(`200 ${address}`);
		for (const spelling of spellings) {
			const forms = [spelling, ...normalForms.map((form) => encodeURI(spelling.normalize(form)))];
			for (const form of new Set(forms)) expect(await leadsTo(form), form).toBe(`301 ${address}`);
		}
		const lower = address.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase());
		if (lower !== address) expect(await leadsTo(lower)).toBe(`301 ${address}`);
	});

	it("is reached in one hop from a link with tracking parameters", async () => {
		for (const path of ["/EN/cloud/hello?utm_source=x&fbclid=y", "/2024/05/01/hello/?gclid=z"]) {
			const response = await blog.get(path);
			expect([response.status, response.headers.get("Location")]).toEqual([301, hello]);
		}
	});

	it("does not redirect to an unpublished post", async () => {
		expect((await blog.get("/?p=125")).headers.get("Location")).toBe("/");
		for (const path of ["/soon", "/p/later", "/2030/01/01/later/", "/tag/SOMEDAY/", "/2030"]) {
			expect((await blog.get(path)).headers.get("Location"), path).toBeNull();
		}
	});

	it("that does not exist is a 404 in every spelling", async () => {
		for (const path of [
			"/category/none",
			"/tag/none/page/2",
			"/2019",
			"/2024/13",
			"/ja/none/",
			"/author/x/feed/",
		]) {
			expect((await blog.get(path)).status, path).toBe(404);
		}
	});
});

describe("a WordPress URL", () => {
	it.each([
		["/?p=123", walk],
		["/?p=123&sort=newest", `${walk}?sort=newest`],
		["/index.php?p=124", cedilla],
		["/?page_id=7", about],
		["/archives/123", walk],
		["/2023/01/02/a-long-walk/", walk],
		["/2023/1/2/a-long-walk", walk],
		["/2023/01/a-long-walk/", walk],
		["/2023/01/a-long-walk.html", walk],
		["/index.php/2023/01/02/a-long-walk/", walk],
		["/2023/01/02/a-long-walk/feed/", `${walk}comments.xml`],
		["/en/out-of-doors/a-long-walk/trackback/", walk],
		["/en/out-of-doors/a-long-walk/comment-page-2/", walk],
		["/blog/2023/a-long-walk.html?sort=newest", `${walk}?sort=newest`],
		[encodeURI("/2024/05/02/こんばんは/"), evening],
		[encodeURI("/2024/05/02/こんばんは/").toLowerCase(), evening],
		["/wp-sitemap.xml", "/sitemap.xml"],
	])("%s leads to %s", async (path, address) => {
		expect(await leadsTo(path)).toBe(`301 ${address}`);
	});

	it("does not lead to a post of another day", async () => {
		expect((await blog.get("/2023/01/03/a-long-walk/")).status).toBe(404);
	});
});

describe("an unknown address", () => {
	it("offers the posts with the most similar paths", async () => {
		const response = await blog.get("/2023/a-long-wlak");
		const html = await response.text();
		expect([response.status, response.headers.get("Cache-Control")]).toEqual([404, "private, no-store"]);
		expect(html).toMatch(new RegExp(`Were you looking for.*<a href="${walk}">`, "s"));
		expect(await (await blog.get(encodeURI("/blog/こんばんわ"))).text()).toMatch(
			new RegExp(`Were you looking for.*<a href="${evening}">`, "s"),
		);
		expect(await (await blog.get("/zzzz")).text()).not.toContain("Were you looking for");
	});
});

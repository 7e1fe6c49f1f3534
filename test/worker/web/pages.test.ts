import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";

let blog: Blog;

beforeAll(async () => {
	blog = await startBlog({
		files: {
			"site.yaml":
				"title: A test of cats\ntagline: With claws\nurl: https://cats.example\ntimezone: Asia/Tokyo\nposts_per_page: 2\n",
			"posts/2024-05-04-draft.md": "---\ntitle: A draft\ndate: 2024-05-04\ndraft: true\n---\nNot yet.\n",
			"posts/2030-01-01-later.md": "---\ntitle: From the future\ndate: 2030-01-01T09:00\n---\nLater.\n",
			"posts/quiet.md": "---\ntitle: Quiet\ndate: 2020-02-29\ncomments: off\ntags: 静か\n---\nNo talk.\n",
		},
	});
});
afterAll(() => blog.stop());

const text = async (path: string) => {
	const response = await blog.get(path);
	return { status: response.status, html: await response.text(), headers: response.headers };
};

describe("the home page", () => {
	it("lists the newest published posts and links to older ones", async () => {
		const { html } = await text("/");
		expect(html).toContain("Closed");
		expect(html).toContain("こんばんは");
		expect(html).not.toContain("Quiet");
		expect(html).toContain('href="/page/2/"');
		expect((await text("/page/2/")).html).toContain("Quiet");
	});

	it("shows no drafts, and scheduled posts from their minute on", async () => {
		expect((await text("/")).html).not.toMatch(/A draft|From the future/);
		blog.setClock("2030-01-01T08:59:59+09:00");
		expect((await text("/2030/01/01/later/")).status).toBe(404);
		blog.setClock("2030-01-01T09:00:00+09:00");
		expect((await text("/2030/01/01/later/")).status).toBe(200);
		for (const path of ["/", "/feed.xml", "/sitemap.xml", "/archive/", "/2030/"]) {
			expect((await text(path)).html, path).toContain(
				path === "/sitemap.xml" ? "/2030/01/01/later/" : "From the future",
			);
		}
		blog.setClock("2026-01-01T00:00:00Z");
		expect((await text("/2024/05/04/draft/")).status).toBe(404);
	});

	it("has no page beyond the last, and one URL for the first", async () => {
		expect((await text("/page/3/")).status).toBe(404);
		expect((await text("/page/0/")).status).toBe(404);
		const first = await blog.get("/page/1/");
		expect([first.status, first.headers.get("Location")]).toEqual([301, "/"]);
	});
});

// Checks of Lighthouse's other categories that axe does not have; the bench runs Lighthouse itself.
it.each(["/", "/2024/05/01/hello/", "/archive/"])(
	"tells search engines what it is, and in every link where that leads: %s",
	async (path) => {
		const { html, headers } = await text(path);
		expect(html).toMatch(/<title>[^<]+<\/title>/);
		expect(html).toMatch(/<meta name="description" content="[^"]+"/);
		expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1"');
		expect(html).toContain(`<link rel="canonical" href="https://cats.example${path}"`);
		expect([html.includes('"noindex"'), headers.get("X-Robots-Tag")]).toEqual([false, null]);
		const links = [...html.matchAll(/<a [^>]*href="[^"#][^"]*"[^>]*>(.*?)<\/a>/gs)];
		const said = links.map(([, inside]) => inside?.replace(/<[^>]+>/g, "").trim());
		expect(said.length).toBeGreaterThan(4);
		expect(said.filter((each) => !each || /^(read on|more|here|link|続きを読む|詳細)$/i.test(each))).toEqual(
			[],
		);
	},
);

describe("a post's page", () => {
	it("says where it was posted, by whom and when, in the post's language", async () => {
		const english = (await text("/2024/05/01/hello/")).html.replace(/<[^>]+>/g, "");
		expect(english).toContain("Posted in Cloud by A test of cats on\u00a01 May 2024\u2003");
		expect(english).toContain("Tagged with: edge");
		const japanese = (await text(encodeURI("/2024/05/02/こんばんは/"))).html;
		expect(japanese).toContain('<html lang="ja">');
		expect(japanese).toContain("2024年5月2日");
		expect(japanese).toContain('<h2 id="はじめに">');
	});

	it("redirects every spelling of its address to the canonical one", async () => {
		const address = encodeURI("/2024/05/02/こんばんは/");
		const spellings = [
			encodeURI("/2024/05/02/こんばんは"),
			encodeURI("/2024/05/02/こんばんは/".normalize("NFD")),
			"/old/address",
			"/old/address/",
			"/OLD/Address/",
		];
		for (const spelling of spellings) {
			const response = await blog.get(spelling);
			expect([response.status, response.headers.get("Location")], spelling).toEqual([301, address]);
		}
		expect((await text("/2024/05/01/HELLO/")).headers.get("Location")).toBe("/2024/05/01/hello/");
	});

	it("has metadata for search engines and link previews", async () => {
		const { html } = await text("/2024/05/01/hello/");
		expect(html).toContain('<link rel="canonical" href="https://cats.example/2024/05/01/hello/"/>');
		expect(html).toContain('<meta name="description" content="The first post."/>');
		expect(html).toContain('<meta property="og:type" content="article"/>');
	});

	it("links to the previous and the next post", async () => {
		const { html } = await text(encodeURI("/2024/05/02/こんばんは/"));
		expect(html).toMatch(/<a href="\/2024\/05\/01\/hello\/" rel="prev"/);
		expect(html).toMatch(/<a href="\/2024\/05\/03\/closed\/" rel="next"/);
	});

	it("has no thread with comments off, and no form with comments closed", async () => {
		expect((await text("/2020/02/29/quiet/")).html).not.toContain('id="comments"');
		const closed = (await text("/2024/05/03/closed/")).html;
		expect(closed).toContain("Comments are closed.");
		expect(closed).not.toContain("<textarea");
	});

	it("is identical for every reader, and a 304 for one who has it", async () => {
		const first = await blog.get("/2024/05/01/hello/");
		const second = await blog.get("/2024/05/01/hello/", {
			Cookie: "visitor=someone",
			"Accept-Language": "ja",
		});
		expect(await second.text()).toBe(await first.text());
		const again = await blog.get("/2024/05/01/hello/", { "If-None-Match": first.headers.get("ETag") ?? "" });
		expect(again.status).toBe(304);
	});
});

describe("archives", () => {
	it.each([
		["/category/cloud/", "Posts in Cloud"],
		[encodeURI("/category/クラウド/"), "Posts in クラウド"],
		["/tag/edge/", "Posts tagged edge"],
		[encodeURI("/tag/静か/"), "Posts tagged 静か"],
		["/author/a-test-of-cats/", "Posts by A test of cats"],
		["/2024/", "Posts from 2024"],
		["/2024/05/", "Posts from May 2024"],
		["/archive/", "Archive"],
	])("%s is %s", async (path, heading) => {
		const { status, html } = await text(path);
		expect(status).toBe(200);
		expect(html.replace(/<[^>]+>/g, "")).toContain(heading);
	});

	it.each([
		"/category/none/",
		"/tag/none/",
		"/2019/",
		"/2024/13/",
		"/category/cloud/page/2/",
		"/%E0%A4%A",
		"/nowhere",
	])("%s is a 404 that helps", async (path) => {
		const { status, html } = await text(path);
		expect(status).toBe(404);
		expect(html).toContain("Latest posts");
	});

	it("redirect to the URL with a trailing slash", async () => {
		for (const path of ["/category/cloud", "/tag/edge", "/archive", "/2024", "/2024/05"]) {
			const response = await blog.get(path);
			expect([response.status, response.headers.get("Location")]).toEqual([301, `${path}/`]);
		}
	});
});

describe("machine-readable output", () => {
	it("is an Atom feed with whole posts and absolute addresses", async () => {
		const { html, headers } = await text("/feed.xml");
		expect(headers.get("Content-Type")).toBe("application/xml; charset=utf-8");
		expect(html).toContain("&#x3C;strong>first&#x3C;/strong>");
		expect(html).toContain("https://cats.example/2024/05/01/hello/");
	});

	it("is a sitemap, robots.txt and a health check", async () => {
		expect((await text("/sitemap.xml")).html).toContain("<loc>https://cats.example/2024/05/01/hello/</loc>");
		expect((await text("/robots.txt")).html).toContain("Sitemap: https://cats.example/sitemap.xml");
		expect((await text("/healthz")).html).toBe("ok\n");
	});
});

describe("a static page", () => {
	it("is at its own URL and in the navigation", async () => {
		expect((await text("/about/")).html).toContain("Who we are.");
		expect((await text("/")).html).toContain('<a href="/about/">About</a>');
	});
});

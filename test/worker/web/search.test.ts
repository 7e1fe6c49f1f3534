import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";

let blog: Blog;

beforeAll(async () => {
	blog = await startBlog({
		files: {
			"posts/later.md": "---\ntitle: Later\ndate: 2026-03-01\n---\nA kestrel over the harbour.\n",
			...Object.fromEntries(
				Array.from({ length: 23 }, (_, at) => [
					`posts/2024-06-${String(at + 1).padStart(2, "0")}-n${at}.md`,
					`---\ntitle: Number ${at}\ndate: 2024-06-${String(at + 1).padStart(2, "0")}\n---\nA heron <b>stands</b> & waits.\n`,
				]),
			),
		},
	});
});
afterAll(() => blog.stop());

const search = (query: string) => blog.get(`/search${query}`);
const text = async (query: string) => (await search(query)).text();
const q = (words: string) => `?${new URLSearchParams({ q: words })}`;

describe("the search page", () => {
	it("shows results with marked excerpts, without JavaScript", async () => {
		const html = await text(q("ﾎﾝﾌﾞﾝ"));
		expect(html).toContain('value="ﾎﾝﾌﾞﾝ"');
		const found = await text(q("本文"));
		expect(found).toContain(
			'<a href="/2024/05/02/%E3%81%93%E3%82%93%E3%81%B0%E3%82%93%E3%81%AF/">こんばんは</a>',
		);
		expect(found).toContain("<mark>本文</mark>です。");
		expect(found).toContain("1 result");
		expect(found).toContain("Comments are not.");
	});

	it("is the same for everyone, for ten minutes, and not indexed", async () => {
		const { status, headers } = await search(q("hello"));
		expect(status).toBe(200);
		expect(headers.get("Cache-Control")).toBe("public, max-age=0");
		expect(headers.get("Cloudflare-CDN-Cache-Control")).toContain("max-age=600");
		expect(headers.get("X-Robots-Tag")).toBe("noindex");
		expect(await text(q("hello"))).toContain('<meta name="robots" content="noindex"/>');
	});

	it("has pages, each at its own address", async () => {
		const first = await text(q("heron"));
		expect(first).toContain("23 results");
		expect(first).toContain('href="/search?q=heron&amp;page=2"');
		const last = await text("?q=heron&page=3");
		expect(last).toContain('<ol class="results" start="21">');
		expect(last.match(/<mark>heron<\/mark>/g)).toHaveLength(3);
		expect((await search("?q=heron&page=4")).headers.get("Location")).toBe("/search?q=heron");
	});

	it.each([
		["?q=heron&lang=ja", "?q=heron&lang=ja"],
		["?lang=en&q=heron", "?q=heron&lang=en"],
		["?q=+heron++", "?q=heron"],
		["?q=%E7%8C%AB&lang=&category=&year=", "?q=%E7%8C%AB"],
		["?q=heron&year=1999&lang=xx&category=none&page=1&utm_source=x", "?q=heron"],
		["?q=heron&category=CLOUD&year=2024", "?q=heron&category=cloud&year=2024"],
		["?q=", ""],
		["?lang=ja", ""],
	])("has one address for %s", async (query, spelled) => {
		const response = await search(query);
		if (query === spelled) expect(response.status).toBe(200);
		else expect([response.status, response.headers.get("Location")]).toEqual([302, `/search${spelled}`]);
	});

	it("filters by language, category and year", async () => {
		expect(await text("?q=first+OR+more&category=cloud")).toContain("1 result");
		expect(await text("?q=first+OR+more")).toContain("2 results");
		expect(await text("?q=heron&lang=ja")).toContain("Search in all languages, categories and years");
		expect(await text("?q=heron&year=2024")).toContain("23 results");
	});

	it("says what to do when nothing is found, a date is none, or there is too much to search for", async () => {
		const none = await text(q("trombone"));
		expect(none).toContain("No posts match your search.");
		expect(none).toContain('<a href="/archive/">');
		expect(await text(q("heron before:soon"))).toContain("“soon” after before: is not a date.");
		const long = await search(q("あ".repeat(201)));
		expect([long.status, long.headers.get("Cache-Control")]).toEqual([422, "private, no-store"]);
		const html = await long.text();
		expect(html).toContain("Shorten your search to 200 characters. It now has 201.");
		expect(html).toContain("あ".repeat(201));
		expect((await search(q("あ".repeat(200)))).status).toBe(200);
	});

	it("never runs what is typed or written", async () => {
		const html = await text(q('"><script>alert(1)</script>'));
		expect(html).not.toContain("<script>alert");
		expect(await text(q("heron"))).toContain("<mark>heron</mark> stands &amp; waits.");
	});

	it("finds a scheduled post from its time on, also where the page was kept", async () => {
		expect(await text(q("kestrel"))).toContain("No posts match");
		expect((await search(q("kestrel"))).status).toBe(200);
		const { now } = blog;
		blog.setClock("2026-03-01T00:00:00+09:00");
		expect(await text(q("kestrel"))).toContain("<mark>kestrel</mark>");
		blog.setClock(now);
	});
});

describe("the ways to the search", () => {
	it("begin in the header, on the archive and on the 404, once each", async () => {
		for (const path of ["/", "/2024/05/01/hello/", "/archive/", "/nowhere/", "/search"]) {
			const html = await (await blog.get(path)).text();
			expect([path, html.match(/<form action="\/search"/g)?.length]).toEqual([path, 1]);
			expect(html).toContain('<link rel="search" type="application/opensearchdescription+xml"');
		}
	});

	it.each([
		["/?s=heron", "/search?q=heron"],
		["/?s=%E7%8C%AB+%E7%8A%AC", "/search?q=%E7%8C%AB+%E7%8A%AC"],
		["/?s=", "/search"],
		["/search/", "/search"],
		["/Search/?q=x", "/search?q=x"],
		["/search/heron", "/search?q=heron"],
		["/search/%E7%8C%AB/", "/search?q=%E7%8C%AB"],
	])("%s leads to %s", async (from, to) => {
		const { status, headers } = await blog.get(from);
		expect([status, headers.get("Location")]).toEqual([301, to]);
	});

	it("are described for browsers, with suggestions of titles", async () => {
		const description = await blog.get("/opensearch.xml");
		expect(description.headers.get("Content-Type")).toContain("application/opensearchdescription+xml");
		const xml = await description.text();
		expect(xml).toContain('template="https://cats.example/search?q={searchTerms}"');
		expect(xml).toContain('template="https://cats.example/search/suggestions?q={searchTerms}"');
		const suggestions = await blog.get("/search/suggestions?q=num");
		const [typed, titles, , urls] = JSON.parse(await suggestions.text());
		expect([typed, titles.length, titles[0]]).toEqual(["num", 6, "Number 22"]);
		expect(urls[0]).toBe("https://cats.example/2024/06/23/n22/");
		expect(JSON.parse(await (await blog.get(`/search/suggestions${q("ｺﾝ")}`)).text())[1]).toEqual([
			"こんばんは",
		]);
		expect(JSON.parse(await (await blog.get("/search/suggestions?q=later")).text())[1]).toEqual([]);
	});
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";

let blog: Blog;

const post = (title: string, keys: string) => `---\ntitle: ${title}\n${keys}\n---\nText of ${title}.\n`;

beforeAll(async () => {
	blog = await startBlog({
		files: {
			"site.yaml": [
				"title: A test of cats",
				"url: https://cats.example",
				"timezone: Asia/Tokyo",
				"author: { name: Mika Aoyama }",
				"authors:",
				"  Mika Aoyama:",
				"    bio: Writes about <harbours> & cats.",
				"    url: https://mika.example/",
				"    avatar: /media/mika.svg",
			].join("\n"),
			"media/mika.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"></svg>',
			"posts/one.md": post("The first leg", "date: 2024-06-01\nseries: Round the bay\ntags: [ferry]"),
			"posts/two.md": post("The second leg", "date: 2024-06-02\nseries: Round the bay"),
			"posts/three.md": post("The third leg", "date: 2030-06-03\nseries: Round the bay"),
			"posts/ja1.md": post("港まで", "date: 2024-06-04\nseries: 湾をめぐる\nlang: ja\nauthor: 花子"),
			"posts/ferry.md": post("Timetables", "date: 2024-06-05\ntags: [ferry]"),
			"posts/same-day.md": post("Same day", "date: 2024-06-06T08:00\nupdated: 2024-06-06T20:00"),
			"posts/revised.md": post("Revised", "date: 2024-06-06T08:00\nupdated: 2024-07-01T08:00"),
		},
	});
});
afterAll(() => blog.stop());

const text = async (path: string) => {
	const response = await blog.get(path);
	const html = await response.text();
	return { status: response.status, html, plain: html.replace(/<[^>]+>/g, "") };
};

describe("a series", () => {
	it("has a page of its parts in reading order, and a feed", async () => {
		const { status, html, plain } = await text("/series/round-the-bay/");
		expect(status).toBe(200);
		expect(plain).toContain("A series in 2 parts");
		expect(html.indexOf("The first leg")).toBeLessThan(html.indexOf("The second leg"));
		expect(html).not.toContain("The third leg");
		expect((await text("/series/round-the-bay/feed.xml")).html).toContain("The second leg");
		expect((await text("/series/none/")).status).toBe(404);
		expect((await blog.get("/Series/Round-the-Bay")).headers.get("Location")).toBe("/series/round-the-bay/");
	});

	it("uses the language of its parts", async () => {
		const { html, plain } = await text(encodeURI("/series/湾をめぐる/"));
		expect(html).toContain('<html lang="ja">');
		expect(plain).toContain("全1回の連載");
	});

	it("is named on its posts, which link to the previous and next part", async () => {
		const first = await text("/2024/06/01/one/");
		expect(first.plain).toContain("Part 1 of 2 in Round the bay");
		expect(first.html).toContain('<a href="/series/round-the-bay/">Round the bay</a>');
		expect(first.html).toMatch(/aria-label="Series"> ?<a href="\/2024\/06\/02\/two\/"[^>]*><small>Next part/);
		expect((await text("/2024/06/02/two/")).html).toMatch(
			/aria-label="Series"> ?<a href="\/2024\/06\/01\/one\/"[^>]*><small>Previous part/,
		);
		expect((await text("/2024/06/04/ja1/")).html).not.toContain('class="post-navigation series-parts"');
	});

	it("includes a scheduled part once it is published", async () => {
		blog.setClock("2030-06-03T00:00:00+09:00");
		expect((await text("/2024/06/02/two/")).plain).toContain("Part 2 of 3");
		expect((await text("/series/round-the-bay/")).html).toContain("The third leg");
		blog.setClock("2026-01-01T00:00:00Z");
	});
});

describe("related posts", () => {
	it("are offered under a post", async () => {
		expect((await text("/2024/06/01/one/")).html).toMatch(
			/<h2 id="related-heading">Related posts<\/h2><ul><li lang="en"><a href="\/2024\/06\/05\/ferry\/">/,
		);
	});
});

describe("an author's page", () => {
	it("shows their profile from site.yaml on its first page", async () => {
		const { html } = await text("/author/mika-aoyama/");
		expect(html).toContain("Writes about &lt;harbours&gt; &amp; cats.");
		expect(html).toContain('<a class="u-url" href="https://mika.example/" rel="me">mika.example</a>');
		expect(html).toContain('<img class="u-photo" src="/media/mika.svg" alt="" width="80" height="80"/>');
		expect((await text(encodeURI("/author/花子/"))).html).not.toContain('class="profile"');
	});
});

describe("a revision", () => {
	it("is dated on the page if its day differs", async () => {
		expect((await text("/2024/06/06/revised/")).plain).toContain("Updated on 1 July 2024");
		expect((await text("/2024/06/06/revised/")).html).toContain(
			'<meta property="article:modified_time" content="2024-06-30T23:00:00.000Z"/>',
		);
		expect((await text("/2024/06/06/same-day/")).plain).not.toContain("Updated on");
	});
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";

let blog: Blog;

const post = (title: string, keys: string, body = `Text of ${title}.\n`) =>
	`---\ntitle: ${title}\n${keys}\n---\n${body}`;

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
		[...html.matchAll(/<h2>.*?<a [^>]*>(.*?)<\/a>/gs)].map(([, title]) => title?.replace(/<wbr\/?>/g, ""));

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
				...["/category/cloud/", "/category/クラウド/", "/tag/edge/", "/author/mika-aoyama/"],
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

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";

let blog: Blog;

const post = (keys: string) => `---\ntitle: A post\n${keys}\n---\nText.\n`;

beforeAll(async () => {
	blog = await startBlog({
		files: {
			"site.yaml":
				"title: T\nurl: https://cats.example\nterms:\n  C#: { description: A language. }\n  The sea: { slug: sea, description: In parts. }\n",
			"posts/three.md": post(
				'date: 2024-06-01\nauthors: [Mika, Tom & Co, "constructor"]\ntags: [C#, C++, C, feed]',
			),
			"posts/猫.md": post("date: 2024-06-02\nlang: ja\nauthors: [Mika, Tom & Co]\nseries: The sea"),
			"pages/about.md": "---\ntitle: About\ntranslation: about\n---\nWe.\n",
			"pages/ja/について.md": "---\ntitle: について\nlang: ja\ntranslation: about\n---\n私達。\n",
		},
	});
});
afterAll(() => blog.stop());

const text = async (path: string) => (await blog.get(path)).text();

describe("a post of several authors", () => {
	it("names all in its byline, in its language", async () => {
		const byline = (html: string) => /<p class="byline".*?<\/p>/s.exec(html)?.[0].replace(/<[^>]*>?/g, "");
		expect(byline(await text("/2024/06/01/three/"))).toContain("Mika, Tom &amp; Co, and constructor");
		expect(byline(await text("/2024/06/02/%E7%8C%AB/"))).toContain("Mika、Tom &amp; Co");
	});

	it("is listed on the page of each, and names all in feeds", async () => {
		for (const slug of ["mika", "tom-co", "constructor"]) {
			const html = await text(`/author/${slug}/`);
			expect(html).toContain('href="/2024/06/01/three/"');
			expect(html).not.toContain("undefined");
		}
		const entries = (await text("/feed.xml")).split(/<entry[ >]/).slice(1);
		expect(entries.map((entry) => entry.match(/<uri>.*?<\/uri>/g))).toContainEqual(
			["mika", "tom-co", "constructor"].map((slug) => `<uri>https://cats.example/author/${slug}/</uri>`),
		);
	});
});

describe("a term", () => {
	it.each([
		["/tag/c/", "C"],
		["/tag/c%23/", "C#"],
		["/tag/c%2B%2B/", "C++"],
		["/tag/feed/", "feed"],
	])("has the page %s, and links to it", async (path, name) => {
		expect((await blog.get(path)).status).toBe(200);
		expect(await text("/2024/06/01/three/")).toContain(
			`<a href="${path}" rel="tag" class="p-category">${name}</a>`,
		);
		expect((await blog.get(`${path}feed.xml`)).status).toBe(200);
	});

	it("has its description on its page and for search engines", async () => {
		for (const [path, description] of [
			["/tag/c%23/", "A language."],
			["/series/sea/", "In parts."],
		]) {
			const html = await text(path as string);
			expect(html).toContain(`<meta name="description" content="${description}"`);
			expect(html).toMatch(new RegExp(`<p[^>]*>${description}</p>`));
		}
		expect(await text("/tag/c/")).not.toContain("A language.");
	});
});

describe("translations of a page", () => {
	it("link to each other, on the page, in its head and in the sitemap", async () => {
		const other = encodeURI("/ja/について/");
		const html = await text("/about/");
		expect(html).toContain(`<a href="${other}" lang="ja" hreflang="ja" rel="alternate">日本語</a>`);
		expect(html).toContain(`<link rel="alternate" hreflang="ja" href="https://cats.example${other}"`);
		expect(await text(other)).toContain('<a href="/about/" lang="en"');
		const [sitemap] = (await text("/sitemap.xml")).match(/<url><loc>https:\/\/cats.example\/about\/.*/) ?? [];
		expect(sitemap).toContain(`hreflang="ja" href="https://cats.example${other}"`);
	});
});

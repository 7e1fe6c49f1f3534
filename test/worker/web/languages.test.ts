import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { en } from "../../../src/web/ui/strings/en.ts";
import { ja } from "../../../src/web/ui/strings/ja.ts";
import { interfaceLanguages, type Strings, stringsFor } from "../../../src/web/ui/strings/strings.ts";
import { type Blog, startBlog } from "../../support/blog.ts";

let blog: Blog;

const post = (title: string, keys: string) => `---\ntitle: ${title}\n${keys}\n---\nText.\n`;

beforeAll(async () => {
	blog = await startBlog({
		files: {
			"site.yaml":
				"title: A test of cats\nurl: https://cats.example\ntimezone: Asia/Tokyo\nposts_per_page: 2\n",
			"posts/light.md": post("Light", "date: 2024-06-01\ntranslation: light\ncategories: [Cloud]"),
			"posts/hikari.md": post("光", "date: 2024-06-02\ntranslation: light\nlang: ja"),
			"posts/licht.md": post("Licht", "date: 2030-06-02\ntranslation: light\nlang: de"),
			"posts/kaze.md": post("風", "date: 2024-06-03\nlang: ja"),
			"pages/faq.md": "---\ntitle: Questions\n---\nAsked.\n",
		},
	});
});
afterAll(() => blog.stop());

const text = async (path: string) => {
	const response = await blog.get(path);
	return { status: response.status, html: await response.text() };
};

describe("the list of a language", () => {
	it("has only posts in that language, page by page, with the interface in it", async () => {
		const first = await text("/ja/");
		expect(first.html).toMatch(/^<!doctype html><html lang="ja">/);
		expect(first.html).toContain("日本語の記事");
		expect(first.html).toContain("風");
		expect(first.html).not.toContain("Light");
		expect(first.html).toContain(">記事一覧</a>");
		expect((await text("/ja/page/2/")).html).toContain("こんばんは");
		expect((await text("/ja/page/3/")).status).toBe(404);
		expect((await text("/en/")).html).toContain("Posts in English");
	});

	it("has a feed of its own, which the page links to", async () => {
		expect((await text("/ja/")).html).toContain(
			'<link rel="alternate" type="application/atom+xml" title="日本語の記事" href="/ja/feed.xml"/>',
		);
		expect((await text("/ja/")).html).toContain('<a href="/ja/feed.xml">フィード</a>');
		const { html } = await text("/ja/feed.xml");
		expect(html).toContain('href="https://cats.example/ja/feed.xml"');
		expect(html).toContain("光");
		expect(html).not.toContain("Light");
		expect((await text("/category/cloud/feed.xml")).html).toContain("<title>Light</title>");
	});

	it("exists for the languages of published posts, at one URL", async () => {
		expect((await text("/de/")).status).toBe(404);
		expect((await text("/de/feed.xml")).status).toBe(404);
		blog.setClock("2030-06-03T00:00:00Z");
		expect((await text("/de/")).html).toContain("Licht");
		blog.setClock("2026-01-01T00:00:00Z");
		for (const [spelling, address] of [
			["/JA", "/ja/"],
			["/ja/index.html", "/ja/"],
			["/ja/page/1/", "/ja/"],
			["/ja/feed/", "/ja/feed.xml"],
		] as const) {
			const response = await blog.get(spelling);
			expect([response.status, response.headers.get("Location")]).toEqual([301, address]);
		}
	});

	it("does not hide a page whose path looks like a language", async () => {
		expect((await text("/faq/")).html).toContain("Asked.");
	});
});

describe("the home page", () => {
	it("links to each language and marks posts in another", async () => {
		const { html } = await text("/");
		expect(html).toMatch(/<nav class="languages" aria-label="Languages">.*<a href="\/ja\/" lang="ja"/s);
		expect(html).toContain('<span class="language" lang="ja">日本語</span>');
		expect(html).not.toContain('<span class="language" lang="en">');
		expect(html).toContain('<link rel="alternate" hreflang="x-default" href="https://cats.example/"/>');
		expect((await text("/archive/")).html).toContain('<span class="language" lang="ja">日本語</span>');
		expect((await text("/ja/")).html).not.toContain('class="language"');
	});

	it("offers no choice on a blog in one language", async () => {
		const plain = await startBlog({
			files: { "posts/2024-05-02-こんばんは.md": post("x", "date: 2024-05-02") },
		});
		expect(await (await plain.get("/")).text()).not.toContain('class="languages"');
		await plain.stop();
	});
});

describe("translations of a post", () => {
	it("link to each other, on the page and in its head", async () => {
		const english = (await text("/2024/06/01/light/")).html;
		expect(english.replace(/<[^>]+>/g, "")).toContain("Also in 日本語");
		expect(english).toContain('<a href="/2024/06/02/hikari/" lang="ja" hreflang="ja" rel="alternate">');
		const japanese = (await text("/2024/06/02/hikari/")).html;
		expect(japanese.replace(/<[^>]+>/g, "")).toContain("ほかの言語：English");
		for (const html of [english, japanese]) {
			for (const [lang, path] of [
				["en", "/2024/06/01/light/"],
				["ja", "/2024/06/02/hikari/"],
				["x-default", "/2024/06/01/light/"],
			]) {
				expect(html).toContain(
					`<link rel="alternate" hreflang="${lang}" href="https://cats.example${path}"/>`,
				);
			}
			expect(html).not.toContain("licht");
		}
		expect((await text("/2024/06/03/kaze/")).html).not.toContain("hreflang");
	});

	it("are listed in the sitemap, a scheduled one from its minute on", async () => {
		const german = 'hreflang="de" href="https://cats.example/2030/06/02/licht/"';
		const { html } = await text("/sitemap.xml");
		expect(html.match(/hreflang="ja" href="https:\/\/cats.example\/2024\/06\/02\/hikari\/"/g)).toHaveLength(
			2,
		);
		expect(html).not.toContain(german);
		blog.setClock("2030-06-02T00:00:00+09:00");
		expect((await text("/sitemap.xml")).html).toContain(german);
		expect((await text("/2024/06/01/light/")).html).toContain(german);
		blog.setClock("2026-01-01T00:00:00Z");
	});
});

describe("the strings of the interface", () => {
	it("must be complete to compile", () => {
		const { home, ...lacking } = ja;
		// @ts-expect-error Property 'home' is missing
		const incomplete: Strings = lacking;
		// @ts-expect-error a plural message needs its forms
		const unplural: Strings = { ...ja, postCount: "記事" };
		expect([home, incomplete, unplural]).toHaveLength(3);
	});

	it("have the same placeholders in every language, and the plural forms that language needs", () => {
		const places = (message: string) => new Set(message.match(/\{\w+\}/g));
		expect(interfaceLanguages).toEqual(expect.arrayContaining(["en", "ja"]));
		for (const lang of interfaceLanguages) {
			const forms = new Set(new Intl.PluralRules(lang).resolvedOptions().pluralCategories);
			for (const [key, message] of Object.entries(stringsFor(lang))) {
				const original = en[key as keyof typeof en];
				const said = typeof original === "string" ? original : original.other;
				if (typeof message === "string") expect(places(message), `${lang}: ${key}`).toEqual(places(said));
				else {
					expect(new Set(Object.keys(message)), `${lang}: ${key}`).toEqual(forms);
					expect(places(message.other), `${lang}: ${key}`).toEqual(places(said));
				}
			}
		}
	});
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";

const rich =
	"---\ntitle: 雲の上の猫が鳴く\nlang: ja\ndate: 2024-05-04\ntoc: true\n---\nはじめに[^1]。\n\n<!--more-->\n\n## 一\n\n$x^2$\n\n## 二\n\n[一へ](#一) [友へ](./2024-05-01-hello.md)\n\n```ts\nconst a = 1;\n```\n\n[^1]: 注。\n";

describe("a post with every kind of content", () => {
	let blog: Blog;
	beforeAll(async () => {
		blog = await startBlog({ files: { "posts/2024-05-04-rich.md": rich } });
	});
	afterAll(() => blog.stop());

	const page = async (path: string) => await (await blog.get(path)).text();
	const styles = (html: string) => html.match(/<style>/g)?.length;

	it("is rendered at the edge, in its language, with the prose stylesheet", async () => {
		const html = await page("/2024/05/04/rich/");
		expect(html).toContain('<nav class="contents" aria-label="目次">');
		expect(html).toContain("<math>");
		expect(html).toContain('<span class="hljs-keyword">const</span>');
		expect(html).toContain('aria-label="この節へのリンク"');
		expect(html).toContain('href="/2024/05/01/hello/"');
		expect(html).toMatch(/<h1 class="p-name">(?:.+<wbr\/>)+.+<\/h1>/);
		expect(styles(html)).toBe(2);
		expect(styles(await page("/2024/05/01/hello/"))).toBe(1);
	});

	it("states its reading time, in either language", async () => {
		expect(await page("/2024/05/04/rich/")).toMatch(/<span class="length">約1分、\d+字<\/span>/);
		expect(await page("/2024/05/01/hello/")).toContain('<span class="length">1 min read, 3 words</span>');
	});

	it("is shown in lists up to its mark, without ids, with links to its own page", async () => {
		const html = await page("/");
		expect(html).toContain("はじめに");
		expect(html).toContain('href="/2024/05/04/rich/#footnote-1"');
		expect(html).not.toContain('footnote-ref-1"');
		expect(html).not.toContain("<math>");
		expect(html).not.toContain('class="contents"');
		expect(html).toContain(">続きを読む<");
	});

	it("is complete in the feed, with absolute links", async () => {
		const xml = await page("/feed.xml");
		expect(xml).toContain("https://cats.example/2024/05/04/rich/#%E4%B8%80");
		expect(xml).not.toContain('class="anchor"');
		expect(xml).toContain("math");
	});

	it("has no inline style that the CSP does not allow", async () => {
		const response = await blog.get("/2024/05/04/rich/");
		const policy = response.headers.get("Content-Security-Policy") ?? "";
		expect(policy).toMatch(/style-src 'sha256-[^']+' 'sha256-[^']+';/);
		for (const [, css = ""] of (await response.text()).matchAll(/<style>(.*?)<\/style>/gs)) {
			const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(css));
			expect(policy).toContain(`'sha256-${Buffer.from(digest).toString("base64")}'`);
		}
	});
});

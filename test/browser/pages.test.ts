import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "../support/axe.ts";
import { type Blog, sampleContent, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";

const japanese = encodeURI("/2026/11/03/はじめての記事/");
const post = "2026/2026-11-03-はじめての記事";

/** One of each kind of public page, in both languages. */
const pages = {
	"the home page": "/",
	"a Japanese post with a thread": japanese,
	"an English post with a table and a figure": "/2019/09/22/light-in-fibre/",
	"the writing guide": "/writing-guide/",
	"the archive": "/archive/",
	"a category": "/category/guide/",
	"a reply's page": "/comments/1/reply",
	"an unknown address": "/nowhere/",
} as const;

describe.runIf(chromiumPath !== null)("every page", () => {
	let browser: Browser;
	let blog: Blog;

	beforeAll(async () => {
		blog = await startBlog({
			contentDir: sampleContent,
			clock: "2026-11-22T00:00:00Z",
		});
		const comment = (fields: Record<string, string>, network: string) =>
			blog.post("/comments", { post, ...fields }, { "CF-Connecting-IP": network });
		await comment(
			{ name: "花子", text: "**とても**よい。\n\n> 引用\n\n`コード` https://example.com/" },
			"192.0.2.1",
		);
		await comment({ name: "Tom", text: "A reply, with *emphasis*.", parent: "1" }, "192.0.2.2");
		browser = await launchChromium();
	});
	afterAll(async () => {
		await browser?.close();
		await blog?.stop();
	});

	const open = (scheme: "light" | "dark", width: number): Promise<BrowserContext> =>
		browser.newContext({
			colorScheme: scheme,
			viewport: { width, height: 900 },
			bypassCSP: true,
			extraHTTPHeaders: { "X-Test-Now": String(blog.now) },
		});

	it.each(Object.entries(pages))(
		"meets WCAG 2.2 AA in both schemes and fits 320 pixels: %s",
		async (_, path) => {
			for (const [scheme, width] of [
				["light", 1440],
				["dark", 320],
			] as const) {
				const context = await open(scheme, width);
				const page = await context.newPage();
				await page.goto(blog.origin + path);
				expect(await axeViolations(page, { coloursOnly: scheme === "light" }), scheme).toEqual([]);
				const overflow = await page.evaluate(
					"document.documentElement.scrollWidth - document.documentElement.clientWidth",
				);
				expect(overflow).toBe(0);
				await context.close();
			}
		},
	);

	it("meets it on a refused form and in a preview", async () => {
		const context = await open("light", 360);
		const page = await context.newPage();
		await page.goto(blog.origin + japanese);
		await page.getByRole("textbox", { name: "コメント" }).fill("文章");
		await page.getByRole("textbox", { name: "名前" }).fill("　");
		await page.getByRole("button", { name: "コメントを投稿" }).click();
		await page.getByRole("alert").waitFor();
		expect(await axeViolations(page)).toEqual([]);
		await page.getByRole("textbox", { name: "名前" }).fill("花子");
		await page.getByRole("button", { name: "プレビュー" }).click();
		await page.locator(".preview").waitFor();
		expect(await axeViolations(page)).toEqual([]);
		await context.close();
	});

	it("makes no third-party request, has no layout shift, and obeys its Content Security Policy", async () => {
		const context = await browser.newContext({ extraHTTPHeaders: { "X-Test-Now": String(blog.now) } });
		const page = await context.newPage();
		const thirdParty: string[] = [];
		const violations: string[] = [];
		page.on("request", (request) => {
			if (!request.url().startsWith(blog.origin)) thirdParty.push(request.url());
		});
		page.on("console", (message) => {
			if (/Content.Security.Policy/i.test(message.text())) violations.push(message.text());
		});
		await page.addInitScript(
			"window.shift = 0; new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.shift += value; }).observe({ type: 'layout-shift', buffered: true });",
		);
		for (const path of Object.values(pages)) {
			await page.goto(blog.origin + path, { waitUntil: "load" });
			expect(await page.evaluate("window.shift"), path).toBe(0);
		}
		expect(thirdParty).toEqual([]);
		expect(violations).toEqual([]);
		await context.close();
	});
});

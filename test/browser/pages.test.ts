import type { Browser, Page } from "playwright-core";
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
	/** Shows one page after another, without their Content Security Policy, under which axe does not run. */
	let page: Page;

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
		const wide = `const names = [${"'a rather long name', ".repeat(12)}'${"x".repeat(120)}'];`;
		await comment(
			{ name: "Tom", text: `A reply, with *emphasis*.\n\n\`\`\`\n${wide}\n\`\`\``, parent: "1" },
			"192.0.2.2",
		);
		browser = await launchChromium();
		const extraHTTPHeaders = { "X-Test-Now": String(blog.now) };
		page = await (await browser.newContext({ bypassCSP: true, extraHTTPHeaders })).newPage();
	});
	afterAll(async () => {
		await browser?.close();
		await blog?.stop();
	});

	it.each(Object.entries(pages))(
		"meets WCAG 2.2 AA in both schemes and fits 320 pixels: %s",
		async (_, path) => {
			await page.goto(blog.origin + path);
			for (const [scheme, width] of [
				["dark", 320],
				["light", 1440],
			] as const) {
				await page.emulateMedia({ colorScheme: scheme });
				await page.setViewportSize({ width, height: 900 });
				expect(await axeViolations(page, { coloursOnly: scheme === "light" }), scheme).toEqual([]);
				const overflow = await page.evaluate(
					"document.documentElement.scrollWidth - document.documentElement.clientWidth",
				);
				expect(overflow).toBe(0);
			}
		},
	);

	it("scrolls no code that cannot be focused, and prints all code whole", async () => {
		await page.setViewportSize({ width: 320, height: 900 });
		for (const path of [japanese, pages["the writing guide"]]) {
			await page.goto(blog.origin + path);
			for (const media of ["screen", "print"] as const) {
				await page.emulateMedia({ media });
				const cut = await page.evaluate(
					(media) =>
						[...document.querySelectorAll("pre")].filter(
							(pre) => pre.scrollWidth > pre.clientWidth && (media === "print" || pre.tabIndex < 0),
						).length,
					media,
				);
				expect([path, media, cut]).toEqual([path, media, 0]);
			}
			expect(await page.locator("pre").count(), path).toBeGreaterThan(0);
		}
		await page.emulateMedia({ media: "screen" });
	});

	it("meets it on a refused form and in a preview", async () => {
		await page.emulateMedia({ colorScheme: "light" });
		await page.setViewportSize({ width: 360, height: 900 });
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

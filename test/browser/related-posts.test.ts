import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "../support/axe.ts";
import { type Blog, sampleContent, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";

describe.runIf(chromiumPath !== null)("a reader of a blog in two languages", () => {
	let browser: Browser;
	let blog: Blog;
	let page: Page;
	/** A page with JavaScript, which axe needs. */
	let seen: Page;

	beforeAll(async () => {
		blog = await startBlog({ contentDir: sampleContent, clock: "2026-11-22T00:00:00Z" });
		// The Worker's clock stays at the time of the last request that set it.
		await blog.get("/");
		browser = await launchChromium();
		page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
		seen = await (await browser.newContext({ bypassCSP: true })).newPage();
	});
	afterAll(async () => {
		await browser?.close();
		await blog?.stop();
	});

	const path = () => decodeURI(new URL(page.url()).pathname);

	it("opens the posts in Japanese, and a translation and back", async () => {
		await page.goto(blog.origin);
		await page.getByRole("navigation", { name: "Languages" }).getByRole("link", { name: "日本語" }).click();
		expect(path()).toBe("/ja/");
		expect(await page.locator("html").getAttribute("lang")).toBe("ja");
		await page.goto(`${blog.origin}/2019/09/22/light-in-fibre/`);
		await page.locator(".translations").getByRole("link", { name: "日本語" }).click();
		expect(await page.locator("html").getAttribute("lang")).toBe("ja");
		await page.locator(".translations").getByRole("link", { name: "English" }).click();
		expect(path()).toBe("/2019/09/22/light-in-fibre/");
	});

	it("follows a series to its end", async () => {
		await page.goto(`${blog.origin}/2026/10/03/two-commands/`);
		for (const part of [2, 3, 4]) {
			await page.getByRole("navigation", { name: "Series" }).getByRole("link", { name: "Next part" }).click();
			expect(await page.locator(".series-line").innerText()).toBe(`Part ${part} of 4 in Using edgecat`);
		}
		await page.locator(".series-line").getByRole("link").click();
		expect(await page.locator("ol.parts > li").count()).toBe(4);
	});

	it("finds a post despite a mistyped address", async () => {
		await page.goto(blog.origin + encodeURI("/2019/05/06/雲と犬と猫/"));
		await page.getByRole("link", { name: "雲と猫" }).first().click();
		expect(path()).toBe("/2019/05/06/雲と猫/");
	});

	it.each([
		"/",
		"/ja/",
		"/series/using-edgecat/",
		"/series/商店街の分散システム/",
		"/author/mika-aoyama/",
		"/2019/09/22/light-in-fibre/",
		"/2026/10/10/writing-your-first-post/",
		"/archive/",
		"/no-such-post/",
	])("has no accessibility violation on %s, and no horizontal scrolling", async (address) => {
		await seen.setViewportSize({ width: 360, height: 900 });
		await seen.goto(blog.origin + encodeURI(address));
		for (const width of [360, 1440]) {
			await seen.setViewportSize({ width, height: 900 });
			expect(
				await seen.evaluate(() => document.documentElement.scrollWidth - innerWidth),
			).toBeLessThanOrEqual(0);
			// Colours are the same at every width.
			expect(await axeViolations(seen, { exceptColours: width > 360 }), `${width} px`).toEqual([]);
		}
	});
});

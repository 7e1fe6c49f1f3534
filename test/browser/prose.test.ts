import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "../support/axe.ts";
import { type Blog, sampleContent, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";

/** The page with every feature, and a Japanese post with parallel texts and footnotes. */
const pages = ["/writing-guide/", "/2022/05/29/two-roads/"];

describe.runIf(chromiumPath !== null)("every Markdown feature", () => {
	let browser: Browser;
	let blog: Blog;

	beforeAll(async () => {
		blog = await startBlog({ contentDir: sampleContent });
		browser = await launchChromium();
	});
	afterAll(async () => {
		await browser?.close();
		await blog?.stop();
	});

	describe.each([
		[360, "light"],
		[1440, "dark"],
	] as const)("%i pixels wide, %s", (width, colorScheme) => {
		it.each(pages)("is accessible and causes no console message: %s", async (path) => {
			const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
			const page = await context.newPage();
			const messages: string[] = [];
			page.on("console", (message) => messages.push(message.text()));
			page.on("pageerror", (error) => messages.push(error.message));
			await page.goto(blog.origin + path);
			expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
			expect(await axeViolations(page, { within: ".prose", coloursOnly: colorScheme === "dark" })).toEqual(
				[],
			);
			expect(messages).toEqual([]);
			await context.close();
		});
	});

	it("sets parallel texts side by side where there is room, and one above the other where there is not", async () => {
		const sides = async (width: number) => {
			const page = await browser.newPage({ viewport: { width, height: 900 } });
			await page.goto(blog.origin + (pages[1] ?? ""));
			const boxes = await Promise.all(
				[0, 1].map((side) => page.locator(".pair").first().locator("> div").nth(side).boundingBox()),
			);
			await page.close();
			return boxes.map((box) => box?.y);
		};
		const [left, right] = await sides(1440);
		expect(left).toBe(right);
		const [above, below] = await sides(360);
		expect(below).toBeGreaterThan(above ?? 0);
	});

	it("emphasizes Japanese with dots, never with italics", async () => {
		const page = await browser.newPage();
		await page.goto(blog.origin + (pages[0] ?? ""));
		const style = await page
			.locator(".prose [lang=ja] em")
			.first()
			.evaluate((em) => {
				const { fontStyle, textEmphasisStyle } = getComputedStyle(em);
				return { fontStyle, textEmphasisStyle };
			});
		expect(style).toEqual({ fontStyle: "normal", textEmphasisStyle: "dot" });
		await page.close();
	});

	it("links a footnote reference to the footnote and back", async () => {
		const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
		await page.goto(blog.origin + (pages[1] ?? ""));
		await page.locator("sup a").first().click();
		expect(new URL(page.url()).hash).toBe("#footnote-1");
		await page.locator("#footnote-1").getByRole("link").click();
		expect(new URL(page.url()).hash).toBe("#footnote-ref-1");
		await page.context().close();
	});
});

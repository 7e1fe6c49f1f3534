import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";

const path = "/2024/05/01/hello/";
const english = "A page that is the same for everyone can be kept close to everyone. ";
const japanese = "だれにとっても同じページは、だれの近くにも置いておける。";
const poem = "雲が流れる\n風が吹く\n夜が明ける\n猫が眠る\n".repeat(75);
const last = "#comment-9";

describe.runIf(chromiumPath !== null)("the scroll position among long comments", () => {
	let blog: Blog;
	let browser: Browser;

	beforeAll(async () => {
		const paragraphs = Array.from({ length: 30 }, () => english.repeat(5));
		blog = await startBlog({
			files: {
				"posts/2024-05-01-hello.md": `---\ntitle: Hello\ndate: 2024-05-01\n---\n${paragraphs.join("\n\n")}`,
			},
		});
		for (let n = 1; n <= 9; n++) {
			const long = n % 2 === 0 ? english.repeat(40) : japanese.repeat(100);
			const fields = {
				post: "2024-05-01-hello",
				name: `Reader ${n}`,
				text: n === 9 ? "The end." : n > 2 ? `${poem}${n}` : long,
				...(n % 3 === 1 ? {} : { parent: String(n - 1) }),
			};
			const answer = await blog.post("/comments", fields, { "CF-Connecting-IP": `192.0.2.${n}` });
			expect(answer.status).toBe(303);
		}
		expect(await (await blog.get(path)).text()).toContain("9 comments");
		browser = await launchChromium();
	});
	afterAll(async () => {
		await browser?.close();
		await blog?.stop();
	});

	async function topOf(page: Page, selector: string): Promise<number> {
		return Math.round((await page.locator(selector).boundingBox())?.y ?? Number.NaN);
	}

	it.each([
		[360, true],
		[360, false],
		[1440, true],
		[1440, false],
	])("is restored after a reload, %i px wide, script %s", async (width, javaScriptEnabled) => {
		const context = await browser.newContext({ viewport: { width, height: 740 }, javaScriptEnabled });
		const page = await context.newPage();
		await page.goto(`${blog.origin}${path}${last}`);
		await expect.poll(() => topOf(page, last)).toBeLessThan(700);
		const linked = await topOf(page, last);
		await page.goto(`${blog.origin}/archive/`);

		await page.goto(blog.origin + path);
		await page.locator(last).scrollIntoViewIfNeeded();
		const scrolled = await topOf(page, last);
		expect(scrolled).toBeLessThan(740);
		await page.reload();
		await expect.poll(() => topOf(page, last)).toBe(scrolled);
		await page.goto(`${blog.origin}/archive/`);
		await page.goBack();
		await expect.poll(() => topOf(page, last)).toBe(scrolled);

		await page.goto(`${blog.origin}${path}${last}`);
		await expect.poll(() => topOf(page, last)).toBe(linked);
		await context.close();
	});

	it("lays comments out only when they are near the viewport", async () => {
		const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
		await page.goto(blog.origin + path);
		expect(await laidOut(page)).toBe(false);
		await page.locator(last).scrollIntoViewIfNeeded();
		await expect.poll(() => laidOut(page)).toBe(true);
		await page.close();
	});

	async function laidOut(page: Page): Promise<boolean> {
		return page.evaluate(
			`document.querySelector("${last}").checkVisibility({ contentVisibilityAuto: true })`,
		) as Promise<boolean>;
	}

	it("prints all comments", async () => {
		const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
		await page.goto(blog.origin + path);
		const paper = await page.pdf();
		expect(paper.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(9);
		await page.close();
	});
});

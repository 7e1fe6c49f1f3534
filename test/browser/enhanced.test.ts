import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";

const path = "/2024/05/01/hello/";
const post = "2024-05-01-hello";

describe.runIf(chromiumPath !== null)("a reader with JavaScript", () => {
	let browser: Browser;
	let context: BrowserContext;
	let blog: Blog;
	let page: Page;
	const errors: string[] = [];

	beforeAll(async () => {
		blog = await startBlog({ clock: new Date().toISOString() });
		await blog.post("/comments", { post, name: "花子", text: "Hello" });
		browser = await launchChromium();
	});
	afterAll(async () => {
		await browser?.close();
		await blog?.stop();
	});
	beforeEach(async () => {
		context = await browser.newContext();
		page = await context.newPage();
		page.on("pageerror", (error) => errors.push(String(error)));
		page.on("console", (message) => {
			if (message.type() === "error") errors.push(message.text());
		});
		await page.goto(blog.origin + path);
	});
	afterEach(async () => {
		await context.close();
		expect(errors.splice(0)).toEqual([]);
	});

	it("shows relative times near the viewport, with the exact one in the title", async () => {
		const time = page.locator("#comment-1 .when time");
		const exact = (await (await blog.get(path)).text()).match(/<time[^>]*>([^<]+)<\/time><\/a>/)?.[1];
		await time.scrollIntoViewIfNeeded();
		await page.waitForFunction(
			"/minute|now/.test(document.querySelector('#comment-1 .when time').textContent)",
		);
		expect(await time.getAttribute("title")).toBe(exact);
	});

	it("reacts without leaving the page, sees that they are included, and removes the reaction", async () => {
		const comment = page.locator("#comment-1 > article");
		await comment.getByRole("button", { name: "Like", exact: true }).click();
		await comment.getByRole("button", { name: "Like, 1 reader, including you" }).waitFor();
		expect(new URL(page.url()).search).toBe("");
		await page.reload();
		const mine = comment.getByRole("button", { name: "Like, 1 reader, including you" });
		expect(await mine.getAttribute("aria-pressed")).toBe("true");
		await mine.click();
		await comment.getByRole("button", { name: "Like", exact: true }).waitFor();
		const left = await blog.db.prepare("SELECT count(*) AS n FROM reactions").first<number>("n");
		expect(left).toBe(0);
	});

	it("replies below the comment itself, with a preview while typing", async () => {
		await page.getByRole("link", { name: "Reply to 花子" }).click();
		expect(new URL(page.url()).pathname).toBe(path);
		const form = page.locator("#comment-1 form.comment-form");
		await form.getByRole("textbox", { name: "Comment" }).fill("**In place** <img src=x>");
		await form.locator(".preview strong").getByText("In place").waitFor();
		expect(await form.locator(".preview img").count()).toBe(0);
		await form.getByRole("textbox", { name: "Name" }).fill("Tom");
		await form.getByRole("button", { name: "Post comment" }).click();
		await page.getByRole("status").first().waitFor();
		expect(await page.locator("#comment-1 ol.thread").innerText()).toContain("In place");
		expect(await page.getByRole("textbox", { name: "Comment" }).inputValue()).toBe("");
	});

	it("can cancel a reply", async () => {
		await page.getByRole("link", { name: "Reply to 花子" }).click();
		await page.getByRole("button", { name: "Cancel reply" }).click();
		expect(await page.locator(".write form.comment-form").count()).toBe(1);
		expect(await page.locator("input[name=parent]").inputValue()).toBe("");
	});

	it("keeps a draft in the same tab until it is posted", async () => {
		const text = () => page.getByRole("textbox", { name: "Comment" });
		await text().fill("half a thought");
		await page.goto(`${blog.origin}/about/`);
		await page.goto(blog.origin + path);
		expect(await text().inputValue()).toBe("half a thought");
		await page.getByRole("textbox", { name: "Name" }).fill("Tom");
		await page.getByRole("button", { name: "Post comment" }).click();
		await page.getByRole("status").first().waitFor();
		await page.goto(blog.origin + path);
		expect(await text().inputValue()).toBe("");
	});

	it("keeps a draft after another action on the page", async () => {
		const text = () => page.getByRole("textbox", { name: "Comment" });
		await page.getByRole("textbox", { name: "Name" }).fill("Tom");
		await text().fill("a comment to be deleted");
		await page.getByRole("button", { name: "Post comment" }).click();
		const own = await page.getByRole("link", { name: "Edit or delete" }).getAttribute("href");
		await text().fill("begun below the page after posting");
		await page.reload();
		expect(await text().inputValue()).toBe("begun below the page after posting");
		await page.goto(blog.origin + own);
		await page.getByRole("button", { name: "Delete" }).click();
		await page.getByRole("status").first().waitFor();
		expect(await text().inputValue()).toBe("begun below the page after posting");
	});

	it("posts once however often the button is clicked", async () => {
		await page.getByRole("textbox", { name: "Comment" }).fill("only once");
		await page.getByRole("textbox", { name: "Name" }).fill("Tom");
		await page.getByRole("button", { name: "Post comment" }).dblclick();
		await page.getByRole("status").first().waitFor();
		const kept = await blog.db
			.prepare("SELECT count(*) AS n FROM comments WHERE source = 'only once'")
			.first<number>("n");
		expect(kept).toBe(1);
		await page.getByRole("link", { name: "Edit or delete" }).waitFor();
	});

	it("reads relative times, with the exact one in the title", async () => {
		const time = page.locator("#comment-1 > article .when time");
		expect(await time.innerText()).toMatch(/minute|now/);
		expect(await time.getAttribute("title")).toMatch(/\d{4}/);
	});

	it("is notified of new comments while the page is open", async () => {
		await page.clock.install();
		await page.goto(blog.origin + path);
		for (const text of ["one more", "and another"]) await blog.post("/comments", { post, name: "Ann", text });
		await page.clock.runFor(31_000);
		await page.getByText("2 new comments").waitFor();
	});
});

describe("the script", () => {
	it("is at most four kilobytes compressed, same-origin and immutable", async () => {
		const blog = await startBlog();
		const html = await (await blog.get(path)).text();
		const address = html.match(/<script defer[^>]* src="([^"]+)"/)?.[1] ?? "";
		expect(address).toMatch(/^\/scripts\/thread-[0-9a-f]+\.js$/);
		const script = await blog.get(address);
		expect(script.headers.get("Cache-Control")).toContain("immutable");
		const bytes = gzipSync(await script.text(), { level: 9 }).length;
		console.log(`the thread's script: ${bytes} bytes compressed`);
		expect(bytes).toBeLessThanOrEqual(4096);
		const count = await blog.get(`/comments/count?post=${post}`);
		expect([await count.json(), count.headers.get("Cache-Tag")]).toEqual([{ comments: 0 }, `thread:${post}`]);
		await blog.stop();
	});
});

import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { becomesTrue } from "../support/becomes-true.ts";
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
		await visit();
	});
	afterEach(async () => {
		await context.close();
		expect(errors.splice(0)).toEqual([]);
	});

	/** Opens the post and waits until its script has come near the comments; its last act is to give the form a key. */
	async function visit(): Promise<void> {
		await page.goto(blog.origin + path);
		await page.locator(".comment-form input[name=key]").waitFor({ state: "attached" });
	}

	it("shows relative times near the viewport, with the exact one in the title", async () => {
		const time = page.locator("#comment-1 .when time");
		const exact = (await (await blog.get(path)).text()).match(/<time[^>]*>([^<]+)<\/time><\/a>/)?.[1];
		await time.scrollIntoViewIfNeeded();
		await becomesTrue(page, "/minute|now/.test(document.querySelector('#comment-1 .when time').textContent)");
		expect(await time.getAttribute("title")).toBe(exact);
	});

	it("comes to the search by a key, is suggested titles, and searches", async () => {
		await page.keyboard.press("/");
		const input = page.getByRole("combobox", { name: "Search this blog" });
		expect(await input.evaluate((element) => element === document.activeElement)).toBe(true);
		await page.keyboard.type("こん");
		await page.locator("#suggestions option[value=こんばんは]").waitFor({ state: "attached" });
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "こんばんは" }).waitFor();
		expect(await page.locator("mark").first().textContent()).toBe("こん");
		// In a field the key is a character.
		await page.goto(blog.origin + path);
		await page.locator("#text").fill("");
		await page.locator("#text").press("/");
		expect(await page.locator("#text").inputValue()).toBe("/");
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
		expect(await form.getAttribute("aria-labelledby")).toBe("replying");
		await expect.poll(() => form.locator("#replying").innerText()).toBe("Reply to 花子");
		expect(await page.evaluate("document.activeElement.id")).toBe("text");
		await expect
			.poll(() => page.locator(".write > p.hint a").innerText())
			.toBe("You are writing a reply. Go to the form");
		const buttonsAt = await form.locator(".buttons").boundingBox();
		await form.locator(".preview strong").getByText("In place").waitFor();
		await expect
			.poll(() => form.getByRole("region", { name: "Preview" }).getByRole("status").innerText())
			.toBe("Preview");
		expect(await form.locator(".buttons").boundingBox()).toEqual(buttonsAt);
		expect(await form.locator(".preview img").count()).toBe(0);
		await form.getByRole("textbox", { name: "Name" }).fill("Tom");
		await form.getByRole("button", { name: "Post comment" }).click();
		await page.getByRole("status").first().waitFor();
		await expect.poll(() => page.locator("#comment-1 ol.thread").innerText()).toContain("In place");
		expect(await page.getByRole("textbox", { name: "Comment" }).inputValue()).toBe("");
	});

	it("can cancel a reply", async () => {
		await page.getByRole("link", { name: "Reply to 花子" }).click();
		await page.getByRole("button", { name: "Cancel reply" }).click();
		expect(await page.locator(".write form.comment-form").count()).toBe(1);
		expect(await page.locator("input[name=parent]").inputValue()).toBe("");
		const reply = page.getByRole("link", { name: "Reply to 花子" });
		expect(await reply.evaluate((link) => link === document.activeElement)).toBe(true);
		await page.keyboard.press("Enter");
		await page.keyboard.type("never mind");
		await page.keyboard.press("Escape");
		expect(await page.locator(".write form.comment-form").count()).toBe(1);
		expect(await reply.evaluate((link) => link === document.activeElement)).toBe(true);
		expect(await page.getByRole("textbox", { name: "Comment" }).inputValue()).toBe("never mind");
		expect(await page.locator("#replying").count()).toBe(0);
	});

	it("keeps a reply as a reply when the page is reloaded, and posts it with Ctrl and Enter", async () => {
		await page.getByRole("link", { name: "Reply to 花子" }).click();
		await page.keyboard.type("half a reply");
		await page.reload();
		const form = page.locator("#comment-1 form.comment-form");
		await form.locator("#replying").waitFor();
		expect(await form.getByRole("textbox", { name: "Comment" }).inputValue()).toBe("half a reply");
		await form.getByRole("textbox", { name: "Name" }).fill("Ken");
		await page.keyboard.press("Control+Enter");
		await page.getByRole("status").first().waitFor();
		const { parent_id } = (await blog.db
			.prepare("SELECT parent_id FROM comments WHERE source = 'half a reply'")
			.first()) as { parent_id: number };
		expect(parent_id).toBe(1);
	});

	it("counts a double click on a reaction once, and can take it back", async () => {
		const comment = page.locator("#comment-1 > article");
		await comment.getByRole("button", { name: "Like", exact: true }).dblclick();
		const mine = comment.getByRole("button", { name: "Like, 1 reader, including you" });
		await mine.waitFor();
		await page.waitForTimeout(600);
		await mine.click();
		await comment.getByRole("button", { name: "Like", exact: true }).waitFor();
	});

	it("marks the comments since the last visit, also one approved late", async () => {
		await blog.post("/comments", { post, name: "Eve", text: "written before, read later" });
		await blog.db.exec("UPDATE comments SET state = 'held', published_at = NULL WHERE name = 'Eve'");
		await page.reload();
		await page.locator("#comments").scrollIntoViewIfNeeded();
		await becomesTrue(page, "localStorage.getItem('visits') !== null");
		expect(await page.locator("small.new").count()).toBe(0);
		blog.setClock(Date.now() + 60_000);
		await blog.post("/comments", { post, name: "Rin", text: "while you were away" });
		await blog.db
			.prepare("UPDATE comments SET state = 'published', published_at = ? WHERE name = 'Eve'")
			.bind(blog.now)
			.run();
		const next = await context.newPage();
		await next.goto(`${blog.origin}${path}#comments`);
		await next.locator("small.new").first().waitFor();
		expect(await next.locator("article:has(> header small.new) > .prose").allInnerTexts()).toEqual([
			"written before, read later",
			"while you were away",
		]);
		await next.reload();
		await next.locator("small.new").first().waitFor();
	});

	it.each([
		["throws", "get() { throw new DOMException('denied', 'SecurityError'); }"],
		["is null", "value: null"],
		[
			"is full and has what others wrote",
			"value: { getItem: () => '{]', setItem() { throw new Error(); }, removeItem() {} }",
		],
		["returns other JSON", "value: { getItem: () => '5', setItem() {}, removeItem() {} }"],
	])("needs no storage: it %s", async (_, property) => {
		await page.addInitScript(
			`for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { ${property} });
			delete crypto.randomUUID; Object.defineProperty(crypto, "randomUUID", { value: undefined });`,
		);
		await page.goto(`${blog.origin}${path}#comments`);
		await page.locator("#comment-1 > article").getByRole("button", { name: "Like", exact: true }).click();
		await page.getByRole("button", { name: "Like, 1 reader, including you" }).first().waitFor();
		await page.getByRole("link", { name: "Reply to 花子" }).click();
		expect(await page.locator("#comment-1 form.comment-form").count()).toBe(1);
		await blog.db.exec("DELETE FROM reactions");
	});

	it("keeps nothing of a visitor who deletes everything", async () => {
		await page.evaluate("localStorage.setItem('visits', '{}'); sessionStorage.setItem('draft:/x', 'text')");
		await page.getByRole("textbox", { name: "Comment" }).fill("to be erased");
		await page.getByRole("textbox", { name: "Name" }).fill("Tom");
		await page.getByRole("button", { name: "Post comment" }).click();
		await page.getByRole("status").first().waitFor();
		await page.goto(`${blog.origin}/me`);
		await page.getByRole("button", { name: "Delete everything" }).click();
		await page.getByText("Everything has been deleted.").waitFor();
		expect(await page.evaluate("[localStorage.length, sessionStorage.length]")).toEqual([0, 0]);
	});

	it("keeps a draft in the same tab until it is posted", async () => {
		const text = () => page.getByRole("textbox", { name: "Comment" });
		await text().fill("half a thought");
		await page.goto(`${blog.origin}/about/`);
		await visit();
		expect(await text().inputValue()).toBe("half a thought");
		await page.getByRole("textbox", { name: "Name" }).fill("Tom");
		await page.getByRole("button", { name: "Post comment" }).click();
		await page.getByRole("status").first().waitFor();
		await visit();
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
		await expect.poll(() => text().inputValue()).toBe("begun below the page after posting");
		await page.goto(blog.origin + own);
		await page.getByRole("button", { name: "Delete" }).click();
		await page.getByRole("status").first().waitFor();
		await expect.poll(() => text().inputValue()).toBe("begun below the page after posting");
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
		await expect.poll(() => time.innerText()).toMatch(/minute|now/);
		expect(await time.getAttribute("title")).toMatch(/\d{4}/);
	});

	it("is notified of new comments while the page is open", async () => {
		await page.clock.install();
		await page.goto(blog.origin + path);
		for (const text of ["one more", "and another"]) await blog.post("/comments", { post, name: "Ann", text });
		await page.clock.runFor(31_000);
		const link = page.locator('[aria-live="polite"]').getByRole("link", { name: "2 new comments" });
		await link.waitFor();
		await link.click();
		await page.locator("article:has-text('one more')").waitFor();
		const marked = await page.locator("li:target > article").innerText();
		expect(marked).toContain("one more");
	});
});

describe("the scripts of a post", () => {
	it("are at most four kilobytes compressed, same-origin and immutable", async () => {
		const blog = await startBlog();
		const html = await (await blog.get(path)).text();
		const addresses = [...html.matchAll(/<script defer[^>]* src="([^"]+)"/g)].map(([, src = ""]) => src);
		expect(addresses.map((address) => address.replace(/[0-9a-f]{16}/, "…"))).toEqual([
			"/scripts/thread-….js",
			"/scripts/search-….js",
		]);
		let bytes = 0;
		for (const address of addresses) {
			const script = await blog.get(address);
			expect(script.headers.get("Cache-Control")).toContain("immutable");
			bytes += gzipSync(await script.text(), { level: 9 }).length;
		}
		console.log(`the scripts of a post: ${bytes} bytes compressed`);
		expect(bytes).toBeLessThanOrEqual(4096);
		const count = await blog.get(`/comments/count?post=${post}`);
		expect([await count.json(), count.headers.get("Cache-Tag")]).toEqual([
			{ comments: 0, latest: [] },
			`thread:${post}`,
		]);
		await blog.stop();
	});
});

import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { becomesTrue } from "../support/becomes-true.ts";
import { type Blog, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";

const post = "/2024/05/01/hello/";

describe.runIf(chromiumPath !== null)("navigation between pages", () => {
	let browser: Browser;
	let blog: Blog;
	let context: BrowserContext;
	let page: Page;
	let cdp: CDPSession;
	const warnings: string[] = [];
	/** Paths fetched ahead of a navigation. */
	let fetched: string[];

	beforeAll(async () => {
		blog = await startBlog({ assets: true });
		await blog.post("/comments", { post: "2024-05-01-hello", name: "花子", text: "Hello" });
		browser = await launchChromium({ whole: true, ignoreDefaultArgs: ["--disable-back-forward-cache"] });
	});
	afterAll(async () => {
		await browser?.close();
		await blog?.stop();
	});
	beforeEach(async () => {
		await open({});
	});
	afterEach(async () => {
		await context.close();
		expect(warnings.splice(0)).toEqual([]);
	});

	async function open(options: { reducedMotion?: "reduce" }): Promise<void> {
		context = await browser.newContext(options);
		page = await context.newPage();
		page.on("console", (message) => {
			if (["error", "warning"].includes(message.type())) warnings.push(message.text());
		});
		await page.addInitScript(`
			addEventListener("pageshow", ({ persisted }) => { window.restored = persisted; });
			addEventListener("pagereveal", ({ viewTransition }) => { window.faded = viewTransition !== null; });
		`);
		cdp = await context.newCDPSession(page);
		fetched = [];
		cdp.on("Preload.prefetchStatusUpdated", ({ prefetchUrl, status }) => {
			if (status === "Running") fetched.push(new URL(prefetchUrl).pathname);
		});
		await cdp.send("Preload.enable");
	}

	/** Opens a page and waits until the browser has read its speculation rules. */
	async function visit(path: string): Promise<void> {
		const rulesRead = new Promise<string | undefined>((resolve) =>
			cdp.once("Preload.ruleSetUpdated", ({ ruleSet }) => resolve(ruleSet.errorMessage)),
		);
		await page.goto(blog.origin + path);
		expect(await rulesRead).toBeUndefined();
	}

	it("restores a post from the back/forward cache", async () => {
		await page.goto(blog.origin + post);
		await page.getByRole("textbox", { name: "Comment" }).fill("half a thought");
		await page.getByRole("link", { name: "Archive" }).click();
		await page.waitForURL("**/archive/");
		await page.evaluate("history.back()");
		await becomesTrue(page, "window.restored === true && location.pathname.startsWith('/2024/05/01')");
		expect(await page.getByRole("textbox", { name: "Comment" }).inputValue()).toBe("half a thought");
	});

	it("prefetches the page behind a link while it is pressed, and no other", async () => {
		await visit(post);
		const ready = new Promise<void>((resolve) =>
			cdp.on("Preload.prefetchStatusUpdated", ({ status }) => status === "Ready" && resolve()),
		);
		await page.getByRole("link", { name: "Archive" }).hover();
		await page.mouse.down();
		await ready;
		await page.mouse.up();
		await page.waitForURL("**/archive/");
		expect(fetched).toEqual(["/archive/"]);
		const how = await page.evaluate("performance.getEntriesByType('navigation')[0].deliveryType");
		expect(how).toBe("navigational-prefetch");
	});

	it.each(["a.reply", "footer a[href='/feed.xml']"])("prefetches nothing for %s", async (link) => {
		await visit(post);
		await page.locator(link).focus();
		await page.locator(link).hover();
		await page.mouse.down();
		await page.evaluate("new Promise(requestAnimationFrame)");
		await page.mouse.move(0, 0);
		await page.mouse.up();
		// A later prefetch has started, so this one would have been seen.
		await page.locator(".site-title").hover();
		const running = new Promise<void>((resolve) =>
			cdp.once("Preload.prefetchStatusUpdated", () => resolve()),
		);
		await page.mouse.down();
		await running;
		expect(fetched).toEqual(["/"]);
	});

	it("cross-fades, unless the visitor prefers reduced motion", async () => {
		await page.goto(blog.origin + post);
		await page.getByRole("link", { name: "Archive" }).click();
		await page.waitForURL("**/archive/");
		await becomesTrue(page, "window.faded === true");
		await context.close();
		await open({ reducedMotion: "reduce" });
		await page.goto(blog.origin + post);
		await page.getByRole("link", { name: "Archive" }).click();
		await page.waitForURL("**/archive/");
		await becomesTrue(page, "window.faded === false");
	});

	it("sends speculation rules with shared pages only", async () => {
		for (const path of ["/", post, "/archive/", "/about/"])
			expect((await blog.get(path)).headers.get("Speculation-Rules"), path).toMatch(
				/^"\/scripts\/.+\.json"$/,
			);
		const reacted = await blog.post("/reactions", { post: "2024-05-01-hello", kind: "like" });
		const own = reacted.headers.get("Location") ?? "";
		for (const path of [own, "/me", "/admin/sign-in", "/comments/1/reply", "/feed.xml", "/nowhere", "/?x=1"])
			expect((await blog.get(path)).headers.get("Speculation-Rules"), path).toBeNull();
	});
});

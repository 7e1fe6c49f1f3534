import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { barriersOn } from "../support/barriers.ts";
import { type Blog, type BlogOptions, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { comeToComments } from "../support/nearby.ts";
import { world } from "../support/outside.ts";

const path = "/2024/05/01/hello/";
const japanese = `/2024/05/02/${encodeURIComponent("こんばんは")}/`;
const asking = { "site.yaml": "title: Cats\ncomments: { proof_limit: 0 }\n" };
const cloudflare = "https://challenges.cloudflare.com";

describe.runIf(chromiumPath !== null)("a comment that waits for its browser", () => {
	let browser: Browser;
	let blog: Blog;
	let page: Page;
	const faults: string[] = [];

	beforeAll(async () => {
		browser = await launchChromium();
	});
	afterEach(async () => {
		await page.context().close();
		await blog.stop();
		expect(faults.splice(0)).toEqual([]);
	});
	afterAll(() => browser?.close());

	const open = async (blogOptions: BlogOptions, options: BrowserContextOptions = {}, at = path) => {
		blog = await startBlog({ clock: new Date().toISOString(), ...blogOptions });
		// Sets the Worker's clock, which a browser does not.
		await blog.get("/healthz");
		page = await (await browser.newContext(options)).newPage();
		page.on("pageerror", (error) => faults.push(String(error)));
		page.on("console", (message) => {
			if (message.type() === "error") faults.push(message.text());
		});
		await page.goto(blog.origin + at);
	};
	const post = async (labels = { text: "Comment", name: "Name", button: "Post comment" }) => {
		await page.getByRole("textbox", { name: labels.text }).fill("Worth a second of work.");
		await page.getByRole("textbox", { name: labels.name }).fill("花子");
		await page.getByRole("button", { name: labels.button }).click();
	};
	const state = () => blog.db.prepare("SELECT state FROM comments WHERE id = 1").first<string>("state");
	const expectAccessible = async () => expect(await barriersOn(page)).toEqual([]);

	it("is on the page within moments, in place, while its author goes on writing", async () => {
		await open({ files: asking });
		await post();
		const text = page.locator(".write textarea");
		await text.fill("already the next thought");
		await page.getByText("Your comment is on the page.").waitFor({ timeout: 30_000 });
		expect(await text.inputValue()).toBe("already the next thought");
		expect(await state()).toBe("published");
		expect(await page.locator("form.step-up").count()).toBe(0);
		await page.locator("#comment-1").getByRole("link", { name: "Change or delete it" }).waitFor();
		expect(await page.locator("#comments-heading").innerText()).toBe("1 comment");
		expect(await page.locator("#comments").getAttribute("data-count")).toBe("1");
		expect(new URL(page.url()).hash).toBe("#comment-1");
		await page.reload();
		await page.getByText("Your comment is on the page.").waitFor();
		await expectAccessible();
		const stranger = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
		await stranger.goto(blog.origin + path);
		await comeToComments(stranger);
		expect(await stranger.locator("#comment-1").innerText()).toContain("Worth a second of work.");
		expect(await stranger.locator('script[src*="step-up"]').count()).toBe(0);
		await stranger.context().close();
	});

	it("waits for a person without script, and says so and nothing else", async () => {
		await open({ files: asking }, { javaScriptEnabled: false, locale: "ja-JP" }, japanese);
		await post({ text: "コメント", name: "名前", button: "投稿する" });
		const said = await page.getByRole("status").innerText();
		expect(said).toContain("コメントは承認待ちです。");
		expect(said).not.toContain("計算");
		expect(await page.locator("form.step-up").isVisible()).toBe(false);
		expect(await state()).toBe("held");
	});

	it("says what becomes of it when the browser cannot do the work, or the answer is lost", async () => {
		await open({ files: asking });
		await page.route("**/proof", (route) => route.abort());
		await post();
		await page.getByText("Your browser could not speak for it just now.").waitFor({ timeout: 30_000 });
		expect(await page.getByRole("status").first().innerText()).toContain("waiting for approval");
		await expectAccessible();
		expect(faults.splice(0).join()).toMatch(/ERR_FAILED/);
		expect(await state()).toBe("held");
	});

	it("passes Turnstile on its author's page, under that page's own policy", async () => {
		const net = world();
		net.answer("challenges.cloudflare.com", () => Response.json({ success: true }));
		const keys = { TURNSTILE_SITE_KEY: "0x4site", TURNSTILE_SECRET: "0x4secret" };
		await open({ env: keys, outbound: net.outside }, {}, japanese);
		const asked: string[] = [];
		page.on("request", (request) => {
			if (!request.url().startsWith(blog.origin)) asked.push(request.url());
		});
		// What Cloudflare's script does, as far as the page can tell: a frame, and a call when it is content.
		await page.route(`${cloudflare}/**`, (route) =>
			route.request().url().endsWith("/api.js")
				? route.fulfill({
						contentType: "text/javascript",
						body: `for (const place of document.querySelectorAll(".cf-turnstile")) {
							const frame = document.createElement("iframe");
							frame.title = "Turnstile";
							frame.onload = () => window[place.dataset.callback]("token for " + place.dataset.sitekey);
							frame.src = "${cloudflare}/frame";
							place.append(frame);
						}`,
					})
				: route.fulfill({ contentType: "text/html", body: "<!doctype html><p>content" }),
		);
		await post({ text: "コメント", name: "名前", button: "投稿する" });
		await page.getByText("コメントを掲載しました").waitFor({ timeout: 30_000 });
		expect(asked).toEqual([`${cloudflare}/turnstile/v0/api.js`, `${cloudflare}/frame`]);
		expect(net.heard[0]?.body).toContain("response=token+for+0x4site");
		expect(await state()).toBe("published");
		await page.goto(blog.origin + japanese);
		expect(asked).toHaveLength(2);
	});
});

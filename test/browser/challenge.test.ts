import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "../support/axe.ts";
import { type Blog, type BlogOptions, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { world } from "../support/outside.ts";
import { comeToComments } from "../support/scroll.ts";

const path = "/2024/05/01/hello/";
const japanese = `/2024/05/02/${encodeURIComponent("こんばんは")}/`;
const withChallenge = { "site.yaml": "title: Cats\ncomments: { proof_limit: 0 }\n" };
const cloudflare = "https://challenges.cloudflare.com";

describe.runIf(chromiumPath !== null)("a comment whose author's browser has a challenge to solve", () => {
	let browser: Browser;
	let blog: Blog;
	let page: Page;
	const errors: string[] = [];

	beforeAll(async () => {
		browser = await launchChromium();
	});
	afterEach(async () => {
		await page.context().close();
		await blog.stop();
		expect(errors.splice(0)).toEqual([]);
	});
	afterAll(() => browser?.close());

	const open = async (blogOptions: BlogOptions, options: BrowserContextOptions = {}, at = path) => {
		blog = await startBlog({ clock: new Date().toISOString(), ...blogOptions });
		// The first request sets the Worker's clock, which the browser's do not.
		await blog.get("/healthz");
		page = await (await browser.newContext(options)).newPage();
		page.on("pageerror", (error) => errors.push(String(error)));
		page.on("console", (message) => {
			if (message.type() === "error") errors.push(message.text());
		});
		await page.goto(blog.origin + at);
	};
	const post = async (labels = { text: "Comment", name: "Name", button: "Post comment" }) => {
		await page.getByRole("textbox", { name: labels.text }).fill("Worth a second of work.");
		await page.getByRole("textbox", { name: labels.name }).fill("花子");
		await page.getByRole("button", { name: labels.button }).click();
	};
	const state = () => blog.db.prepare("SELECT state FROM comments WHERE id = 1").first<string>("state");
	const expectAccessible = async () => expect(await axeViolations(page)).toEqual([]);

	it("is published within seconds, in place, while its author keeps typing", async () => {
		await open({ files: withChallenge });
		await post();
		const text = page.locator(".write textarea");
		await text.fill("already the next thought");
		await page.getByText("Your comment has been published.").waitFor({ timeout: 30_000 });
		expect(await text.inputValue()).toBe("already the next thought");
		expect(await state()).toBe("published");
		expect(await page.locator("form.challenge").count()).toBe(0);
		await page.locator("#comment-1").getByRole("link", { name: "Edit or delete" }).waitFor();
		await expect.poll(() => page.locator("#comments-heading").innerText()).toBe("1 comment");
		expect(await page.locator("#comments").getAttribute("data-count")).toBe("1");
		expect(new URL(page.url()).hash).toBe("#comment-1");
		await page.reload();
		await page.getByText("Your comment has been published.").waitFor();
		await expectAccessible();
		const visitor = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
		await visitor.goto(blog.origin + path);
		await comeToComments(visitor);
		await expect.poll(() => visitor.locator("#comment-1").innerText()).toContain("Worth a second of work.");
		expect(await visitor.locator('script[src*="challenge"]').count()).toBe(0);
		await visitor.context().close();
	});

	it("waits for approval without JavaScript, and says only that", async () => {
		await open({ files: withChallenge }, { javaScriptEnabled: false, locale: "ja-JP" }, japanese);
		await post({ text: "コメント", name: "名前", button: "コメントを投稿" });
		const notice = page.getByRole("status");
		await expect.poll(() => notice.innerText()).toContain("コメントは承認待ちです。");
		expect(await notice.innerText()).not.toContain("スパムボット");
		expect(await page.locator("form.challenge").isVisible()).toBe(false);
		expect(await state()).toBe("held");
	});

	it("says what happens when the browser cannot solve the challenge, or the request fails", async () => {
		await open({ files: withChallenge });
		await page.route("**/proof", (route) => route.abort());
		await post();
		await page.getByText("Your browser couldn’t complete the check.").waitFor({ timeout: 30_000 });
		await expect.poll(() => page.getByRole("status").first().innerText()).toContain("waiting for approval");
		await expectAccessible();
		expect(errors.splice(0).join()).toMatch(/ERR_FAILED/);
		expect(await state()).toBe("held");
	});

	it("passes Turnstile on its author's page, under that page's Content Security Policy", async () => {
		const net = world();
		net.answer("challenges.cloudflare.com", () => Response.json({ success: true }));
		const keys = { TURNSTILE_SITE_KEY: "0x4site", TURNSTILE_SECRET: "0x4secret" };
		await open({ env: keys, outbound: net.outside }, {}, japanese);
		const requests: string[] = [];
		page.on("request", (request) => {
			if (!request.url().startsWith(blog.origin)) requests.push(request.url());
		});
		// Stands in for Cloudflare's script: it adds a frame and calls the callback once the check passes.
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
		await post({ text: "コメント", name: "名前", button: "コメントを投稿" });
		await page.getByText("コメントを公開しました").waitFor({ timeout: 30_000 });
		expect(requests).toEqual([`${cloudflare}/turnstile/v0/api.js`, `${cloudflare}/frame`]);
		expect(net.requests[0]?.body).toContain("response=token+for+0x4site");
		expect(await state()).toBe("published");
		await page.goto(blog.origin + japanese);
		expect(requests).toHaveLength(2);
	});
});

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invitationPath } from "../../src/members/invitation.ts";
import { invitation } from "../support/admin.ts";
import { axeViolations } from "../support/axe.ts";
import { type Blog, sampleContent, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { routeTable } from "../support/route-table.ts";

/** Every admin page, from the route table, so that none can be left out below. */
const adminPages = routeTable
	.filter(({ method, path }) => method === "GET" && /^\/(admin|moderation)(\/|$)/.test(path))
	// The HTML of a mail, as a mail program shows it, is not a page of the blog.
	.filter(({ path }) => path !== "/admin/outbox/:id/html")
	.map(({ path }) => {
		const pattern = new RegExp(`^${path.replace(/:\w+/g, "[^/]+")}$`);
		return { path, matches: (address: string) => pattern.test(address) };
	});

describe.runIf(chromiumPath !== null)("the admin in a browser", () => {
	let browser: Browser;
	let blog: Blog;
	/** By the name of the host, without which a browser knows no passkeys. */
	let origin: string;
	let context: BrowserContext;
	let page: Page;
	const violations: unknown[] = [];

	beforeAll(async () => {
		const clock = new Date().toISOString();
		blog = await startBlog({ contentDir: sampleContent, clock, env: { DEVELOPMENT: "1" } });
		// Sets the Worker's clock.
		await blog.get("/healthz");
		origin = blog.origin.replace("127.0.0.1", "localhost");
		browser = await launchChromium();
		context = await browser.newContext({ locale: "en-GB" });
		page = await context.newPage();
		page.on("console", (message) => {
			if (/Content Security Policy/.test(message.text())) violations.push(message.text());
		});
		const cdp = await context.newCDPSession(page);
		await cdp.send("WebAuthn.enable");
		await cdp.send("WebAuthn.addVirtualAuthenticator", {
			options: {
				protocol: "ctap2",
				transport: "internal",
				hasResidentKey: true,
				hasUserVerification: true,
				isUserVerified: true,
				automaticPresenceSimulation: true,
			},
		});
	});
	afterAll(async () => {
		await browser?.close();
		await blog?.stop();
	});

	/** Returns the link that `npm run invite` prints for this blog. */
	async function invite(name: string): Promise<string> {
		return origin + invitationPath(await invitation(name, "owner", { expiresAt: Date.now() + 60_000 }));
	}

	/** Posts a comment as a reader does, and returns its id. */
	async function write(name: string, text: string): Promise<string> {
		const reader = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
		await reader.goto(origin);
		await reader.getByRole("link", { name: "はじめての記事", exact: false }).first().click();
		await reader.getByRole("textbox", { name: "コメント" }).fill(text);
		await reader.getByRole("textbox", { name: "名前" }).fill(name);
		await reader.getByRole("button", { name: "コメントを投稿" }).click();
		const id = new URL(reader.url()).hash.replace("#comment-", "");
		await reader.context().close();
		return id;
	}

	/** Pages that have been checked, by their routes' paths. */
	const checked = new Set<string>();

	/** Checks every automatically testable rule of WCAG 2.2 AA, in light and dark. */
	async function expectAccessible(what: string): Promise<void> {
		const path = new URL(page.url()).pathname;
		for (const route of adminPages) if (route.matches(path)) checked.add(route.path);
		for (const colorScheme of ["light", "dark"] as const) {
			await page.emulateMedia({ colorScheme });
			const found = await axeViolations(page, { coloursOnly: colorScheme === "dark" });
			expect([what, colorScheme, found]).toEqual([what, colorScheme, []]);
		}
		await page.emulateMedia({ colorScheme: null });
	}

	it("enrols a passkey through an invitation link, signs out and in again with it", async () => {
		await page.goto(await invite("Mika"));
		await expectAccessible("enrolment");
		await page.getByRole("button", { name: "Create a passkey" }).click();
		await page.getByRole("heading", { name: "Overview" }).waitFor();
		await page.getByRole("button", { name: "Sign out" }).click();
		await page.getByRole("heading", { name: "Sign in" }).waitFor();
		await page.goto(`${origin}/admin/log`);
		await expectAccessible("sign-in");
		await page.getByRole("button", { name: "Sign in with a passkey" }).click();
		await page.getByRole("heading", { name: "Audit log" }).waitFor();
		expect(new URL(page.url()).pathname).toBe("/admin/log");
		await page.goto(await invite("Mika"));
		expect((await context.cookies()).find(({ name }) => name === "session")).toMatchObject({
			httpOnly: true,
			sameSite: "Lax",
		});
	});

	it("shows a message when the browser returns no passkey, and changes nothing", async () => {
		const visitor = await (await browser.newContext({ locale: "ja-JP" })).newPage();
		const cdp = await visitor.context().newCDPSession(visitor);
		await cdp.send("WebAuthn.enable");
		await visitor.goto(`${origin}/admin/sign-in`);
		await visitor.evaluate(() => {
			navigator.credentials.get = () => Promise.reject(new DOMException("no", "NotAllowedError"));
		});
		await visitor.getByRole("button", { name: "パスキーでログイン" }).click();
		await expect.poll(() => visitor.getByRole("alert").innerText()).toContain("もう一度お試しください");
		await visitor.context().close();
	});

	it("moderates by keyboard and undoes it", async () => {
		const first = await write("花子", "はじめまして。");
		const second = await write("Ann", "Hello from **Ann**.");
		const card = (id: string) => page.locator(`article[data-comment="${id}"]`);
		await page.goto(`${origin}/admin/comments?state=published`);
		await page.keyboard.press("j");
		expect(await card(second).evaluate((node) => node === document.activeElement)).toBe(true);
		await page.keyboard.press("j");
		await page.keyboard.press("k");
		await page.keyboard.press("s");
		await page.getByRole("status").waitFor();
		await expect.poll(() => page.getByRole("status").innerText()).toContain("1 comment moved to Spam.");
		expect([await card(first).count(), await card(second).count()]).toEqual([1, 0]);
		await page.keyboard.press("u");
		await page.getByText("Undone.").waitFor();
		expect(await card(second).count()).toBe(1);
		await page.keyboard.press("?");
		await page.getByText("j and k move").waitFor();
		await page.keyboard.press("?");
		await page.getByRole("searchbox").fill("s");
		expect(await card(second).count()).toBe(1);
	});

	it("is accessible on every page, and obeys its Content Security Policy", { timeout: 180_000 }, async () => {
		const id = await write("太郎", "待っているコメントです。");
		await page.goto(`${origin}/admin/comments?state=any`);
		await page.getByRole("button", { name: "Delete the comment by 太郎" }).click();
		await expectAccessible("queue with a notice");
		await page.getByRole("button", { name: "Undo" }).click();
		await page.goto(`${origin}/admin/comments/${id}`);
		await expectAccessible("comment");
		await page.getByRole("link", { name: /^\d+ published/ }).click();
		await expectAccessible("commenter");
		for (const path of [
			"/admin/comments",
			"/admin/comments?state=any&q=待",
			"/admin",
			"/admin/log",
			"/admin/commenters",
			"/admin/settings",
			"/admin/account",
			"/admin/team",
			"/admin/upcoming",
			"/admin/notices",
			"/admin/orphans",
			"/admin/outbox",
		]) {
			await page.goto(origin + path);
			await expectAccessible(path);
		}
		await page.goto(`${origin}/admin/settings`);
		await page.getByLabel("Blocked words").fill("コメント");
		await page.getByRole("button", { name: /^Test on/ }).click();
		await expectAccessible("settings tested");
		await page.getByRole("button", { name: /^Recheck the latest/ }).click();
		await page.getByText(/^In progress: /).waitFor();
		await expectAccessible("recheck");
		await page.getByRole("button", { name: "Stop", exact: true }).click();
		await page.getByText(/^Stopped /).waitFor();
		await expectAccessible("recheck, stopped");
		await page.goto(`${origin}/admin/team`);
		await page.getByLabel("Name").fill("Tom");
		await page.getByRole("button", { name: "Create invitation link" }).click();
		await expectAccessible("invitation created");
		await page.goto(`${origin}/admin/enrolment?invitation=void`);
		await expectAccessible("invalid invitation");
		await page.goto(`${origin}/admin/outbox`);
		await page.locator("main ol a").first().click();
		await expectAccessible("mail");
		const link = (await page.locator("body").innerText()).match(/\S+\/moderation\/[\w.-]+/)?.[0] ?? "";
		await page.goto(origin + new URL(link).pathname);
		await expectAccessible("link in a notice");
		await page.locator("main form button").click();
		await expectAccessible("link in a notice, done");
		await page.goto(origin + new URL(link).pathname);
		await expectAccessible("link in a notice, used");
		await page.goto(`${origin}/moderation/a.b.c`);
		await expectAccessible("link in a notice, invalid");
		await page.goto(`${origin}/admin/commenters/nobody`);
		await expectAccessible("error");
		expect([...checked].sort()).toEqual([...new Set(adminPages.map(({ path }) => path))].sort());
		await page.setViewportSize({ width: 360, height: 640 });
		for (const path of [
			"/admin/comments?state=any",
			"/admin",
			"/admin/log",
			"/admin/settings",
			`/admin/comments/${id}`,
		]) {
			await page.goto(origin + path);
			const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			expect([path, overflow]).toEqual([path, 0]);
		}
		expect(violations).toEqual([]);
	});
});

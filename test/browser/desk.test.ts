import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriersOn } from "../support/barriers.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { routeTable } from "../support/route-table.ts";
import { type Server, startServer } from "../support/server.ts";

const root = new URL("../..", import.meta.url).pathname;

/** Every page of those who moderate, from the route table, so that none can be left out below. */
const deskPages = routeTable
	.filter(({ method, path }) => method === "GET" && /^\/(admin|moderation)(\/|$)/.test(path))
	// A mail's own HTML, as a mail program shows it: no page of ours.
	.filter(({ path }) => path !== "/admin/outbox/:id/html")
	.map(({ path }) => {
		const pattern = new RegExp(`^${path.replace(/:\w+/g, "[^/]+")}$`);
		return { path, matches: (address: string) => pattern.test(address) };
	});

describe.runIf(chromiumPath !== null)("the desk in a browser", () => {
	let browser: Browser;
	let folder: string;
	let server: Server;
	let context: BrowserContext;
	let page: Page;
	const violations: unknown[] = [];

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "edgecat-desk-"));
		server = await startServer(folder);
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
		await server?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	/** What `npm run invite` prints for this server. */
	async function invite(...args: string[]): Promise<string> {
		const env = {
			...process.env,
			PORT: new URL(server.origin).port,
			PERSIST_TO: join(folder, "state"),
			OUTPUT_DIR: join(folder, "content"),
		};
		const { stdout } = await promisify(execFile)(process.execPath, ["src/cli/invite.ts", ...args], {
			cwd: root,
			env,
		});
		return stdout.trim();
	}

	/** Writes a comment as a reader does, and gives its number. */
	async function write(name: string, text: string): Promise<string> {
		const reader = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
		await reader.goto(server.origin);
		await reader.getByRole("link", { name: "はじめての記事", exact: false }).first().click();
		await reader.getByRole("textbox", { name: "コメント" }).fill(text);
		await reader.getByRole("textbox", { name: "名前" }).fill(name);
		await reader.getByRole("button", { name: "投稿する" }).click();
		const id = new URL(reader.url()).hash.replace("#comment-", "");
		await reader.context().close();
		return id;
	}

	/** Pages that have been looked at, by their routes' paths. */
	const looked = new Set<string>();

	/** Everything WCAG 2.2 AA asks that a program can tell, in light and in dark. */
	async function expectAccessible(what: string): Promise<void> {
		const path = new URL(page.url()).pathname;
		for (const route of deskPages) if (route.matches(path)) looked.add(route.path);
		for (const colorScheme of ["light", "dark"] as const) {
			await page.emulateMedia({ colorScheme });
			const found = await barriersOn(page, { coloursOnly: colorScheme === "dark" });
			expect([what, colorScheme, found]).toEqual([what, colorScheme, []]);
		}
		await page.emulateMedia({ colorScheme: null });
	}

	it("enrols a passkey by the link the command line makes, signs out and in again with it", async () => {
		await page.goto(await invite("--name", "Mika"));
		await expectAccessible("enrolment");
		await page.getByRole("button", { name: "Make a passkey" }).click();
		await page.getByRole("heading", { name: "Queue" }).waitFor();
		await page.getByRole("button", { name: "Sign out" }).click();
		await page.getByRole("heading", { name: "Sign in" }).waitFor();
		await page.goto(`${server.origin}/admin/log`);
		await expectAccessible("sign-in");
		await page.getByRole("button", { name: "Sign in with a passkey" }).click();
		await page.getByRole("heading", { name: "Log" }).waitFor();
		expect(new URL(page.url()).pathname).toBe("/admin/log");
		await page.goto(await invite("--name", "Mika"));
		expect((await context.cookies()).find(({ name }) => name === "session")).toMatchObject({
			httpOnly: true,
			sameSite: "Lax",
		});
	});

	it("says so when the browser gives no passkey, and nothing has changed", async () => {
		const stranger = await (await browser.newContext({ locale: "ja-JP" })).newPage();
		const cdp = await stranger.context().newCDPSession(stranger);
		await cdp.send("WebAuthn.enable");
		await stranger.goto(`${server.origin}/admin/sign-in`);
		await stranger.evaluate(() => {
			navigator.credentials.get = () => Promise.reject(new DOMException("no", "NotAllowedError"));
		});
		await stranger.getByRole("button", { name: "パスキーでログイン" }).click();
		expect(await stranger.getByRole("alert").innerText()).toContain("もう一度お試しください");
		await stranger.context().close();
	});

	it("decides by keyboard and takes it back", async () => {
		const first = await write("花子", "はじめまして。");
		const second = await write("Ann", "Hello from **Ann**.");
		const card = (id: string) => page.locator(`article[data-comment="${id}"]`);
		await page.goto(`${server.origin}/admin?state=published`);
		await page.keyboard.press("j");
		expect(await card(second).evaluate((node) => node === document.activeElement)).toBe(true);
		await page.keyboard.press("j");
		await page.keyboard.press("k");
		await page.keyboard.press("s");
		await page.getByRole("status").waitFor();
		expect(await page.getByRole("status").innerText()).toContain("1 comment is now: Spam.");
		expect([await card(first).count(), await card(second).count()]).toEqual([1, 0]);
		await page.keyboard.press("u");
		await page.getByText("Undone.").waitFor();
		expect(await card(second).count()).toBe(1);
		await page.keyboard.press("?");
		await page.getByText("j and k move").waitFor();
		await page.getByRole("searchbox").fill("s");
		expect(await card(second).count()).toBe(1);
	});

	it("is accessible on every page, and keeps to its own policy", { timeout: 180_000 }, async () => {
		const id = await write("太郎", "待っているコメントです。");
		await page.goto(`${server.origin}/admin?state=any`);
		await page.getByRole("button", { name: "Delete the comment by 太郎" }).click();
		await expectAccessible("queue with a notice");
		await page.getByRole("button", { name: "Undo" }).click();
		await page.goto(`${server.origin}/admin/comments/${id}`);
		await expectAccessible("comment");
		await page.getByRole("link", { name: /^This person/ }).click();
		await expectAccessible("person");
		for (const path of [
			"/admin",
			"/admin?state=any&q=待",
			"/admin/log",
			"/admin/people",
			"/admin/rules",
			"/admin/account",
			"/admin/team",
			"/admin/upcoming",
			"/admin/outbox",
		]) {
			await page.goto(server.origin + path);
			await expectAccessible(path);
		}
		await page.goto(`${server.origin}/admin/rules`);
		await page.getByLabel("Blocked words").fill("コメント");
		await page.getByRole("button", { name: /^Try on/ }).click();
		await expectAccessible("rules tried");
		await page.getByRole("button", { name: /^Judge again the latest/ }).click();
		await page.getByText("Under way, some each minute.").waitFor();
		await expectAccessible("judging again");
		await page.getByRole("button", { name: "Stop", exact: true }).click();
		await page.getByText(/^Stopped /).waitFor();
		await expectAccessible("judging again, stopped");
		await page.goto(`${server.origin}/admin/team`);
		await page.getByLabel("Name").fill("Tom");
		await page.getByRole("button", { name: "Make a link" }).click();
		await expectAccessible("invitation made");
		await page.goto(`${server.origin}/admin/enrolment?invitation=void`);
		await expectAccessible("void invitation");
		await page.goto(`${server.origin}/admin/outbox`);
		await page.locator("main ol a").first().click();
		await expectAccessible("mail");
		const link = (await page.locator("body").innerText()).match(/\S+\/moderation\/[\w.-]+/)?.[0] ?? "";
		await page.goto(server.origin + new URL(link).pathname);
		await expectAccessible("a link from a notice asks");
		await page.locator("main form button").click();
		await expectAccessible("a link from a notice has acted");
		await page.goto(server.origin + new URL(link).pathname);
		await expectAccessible("a link from a notice is used");
		await page.goto(`${server.origin}/moderation/a.b.c`);
		await expectAccessible("a link from a notice is void");
		await page.goto(`${server.origin}/admin/people/nobody`);
		await expectAccessible("refusal");
		expect([...looked].sort()).toEqual([...new Set(deskPages.map(({ path }) => path))].sort());
		await page.setViewportSize({ width: 360, height: 640 });
		for (const path of ["/admin?state=any", "/admin/log", "/admin/rules", `/admin/comments/${id}`]) {
			await page.goto(server.origin + path);
			const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			expect([path, overflow]).toEqual([path, 0]);
		}
		expect(violations).toEqual([]);
	});
});

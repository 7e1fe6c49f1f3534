import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { type Server, startServer } from "../support/server.ts";

const root = new URL("../..", import.meta.url).pathname;

describe.runIf(chromiumPath !== null)("a reader without JavaScript or a mail account", () => {
	let browser: Browser;
	let folder: string;
	let server: Server;
	let page: Page;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "edgecat-browser-"));
		server = await startServer(folder);
		browser = await launchChromium();
		page = await (await browser.newContext({ javaScriptEnabled: false, locale: "ja-JP" })).newPage();
	});
	afterAll(async () => {
		await browser?.close();
		await server?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	/** Opens a mail of the outbox once it is there, and follows the link in it that leads to `end`. */
	const followMail = async (subject: string, end: string) => {
		await vi.waitFor(
			async () => {
				await page.goto(`${server.origin}/admin/outbox`);
				expect(await page.getByRole("link", { name: subject }).count()).toBeGreaterThan(0);
			},
			{ timeout: 20_000, interval: 200 },
		);
		await page.getByRole("link", { name: subject }).first().click();
		const link = await page.locator(`pre a[href$="/${end}"]`).getAttribute("href");
		// The blog's own address is the one in site.yaml; this one runs on another port.
		await page.goto(server.origin + new URL(link ?? "").pathname);
	};

	it("asks to hear, confirms, is told of a reply, and stops", async () => {
		await page.goto(server.origin);
		await page.getByRole("link", { name: "はじめての記事", exact: false }).first().click();
		const post = page.url();
		await page.getByRole("textbox", { name: "コメント" }).fill("返事を待っています。");
		await page.getByRole("textbox", { name: "名前" }).fill("花子");
		await page.locator("#email").fill("hanako@mail.example");
		await page.getByLabel("返信が付いたらメールで知らせる").check();
		await page.getByRole("button", { name: "投稿する" }).click();
		expect(await page.getByRole("status").innerText()).toContain("確認のメール");
		const id = new URL(page.url()).hash;

		await followMail("へのコメントについて", "confirmation");
		await page.getByRole("button", { name: "受け取る" }).click();
		await page.getByRole("heading", { name: "お知らせをお送りします" }).waitFor();

		const stranger = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
		await stranger.goto(post);
		await stranger.locator(id).getByRole("link", { name: "花子さんに返信する" }).click();
		await stranger.getByRole("textbox", { name: "コメント" }).fill("お返事です。<i>x");
		await stranger.getByRole("textbox", { name: "名前" }).fill("太郎");
		await stranger.getByRole("button", { name: "投稿する" }).click();

		await followMail("太郎さんが花子さんに返信しました", "end");
		await page.goBack();
		expect(await page.locator("pre").innerText()).toContain("お返事です。");
		expect(await page.locator('a[href*="evil"]').count()).toBe(0);
		await page.getByRole("link", { name: "As HTML" }).click();
		expect(await page.locator("blockquote").innerText()).toContain("<i>x");
		expect(await page.locator('a[href*="evil"]').count()).toBe(0);

		await followMail("太郎さんが花子さんに返信しました", "end");
		await page.getByRole("button", { name: "このお知らせを止める" }).click();
		await page.getByRole("heading", { name: "お知らせを止めました" }).waitFor();
	});

	it("follows a thread without saying anything", async () => {
		await page.goto(server.origin);
		await page.getByRole("link", { name: "はじめての記事", exact: false }).first().click();
		await page.getByText("コメントせずに、この会話をメールで追う").click();
		await page.locator("#follow-email").fill("jiro@mail.example");
		await page.getByRole("button", { name: "新しいコメントを知らせる" }).click();
		await page.getByRole("heading", { name: "メールをご確認ください" }).waitFor();
	});

	it("can be sent on as files that a mail program opens", async () => {
		const run = promisify(execFile)(process.execPath, ["src/cli/outbox.ts"], {
			cwd: root,
			env: { ...process.env, PERSIST_TO: join(folder, "state") },
		});
		expect((await run).stdout).toContain("No notice was given up.");
		const files = (await readdir(join(folder, "state/outbox"))).sort();
		const all = await Promise.all(files.map((file) => readFile(join(folder, "state/outbox", file), "utf8")));
		const told = all.find((eml) => eml.includes("List-Unsubscribe:")) ?? "";
		const [head = ""] = told.split("\r\n\r\n");
		expect(head).toContain("To: hanako@mail.example\r\n");
		expect(head).toMatch(/\r\nSubject: =\?UTF-8\?/);
		expect(head).toContain("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click");
		expect(/^[\x20-\x7e\r\n\t]*$/.test(head)).toBe(true);
	});
});

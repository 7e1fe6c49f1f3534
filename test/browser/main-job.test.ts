import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { comeToComments } from "../support/scroll.ts";
import { type Server, startServer } from "../support/server.ts";

describe.runIf(chromiumPath !== null)("a reader without JavaScript", () => {
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

	it("reads, comments, replies and reacts in Japanese, and finds everything after a restart", async () => {
		await page.goto(server.origin);
		await page.getByRole("link", { name: "はじめての記事", exact: false }).first().click();
		const post = new URL(page.url()).pathname;
		expect(await page.locator("html").getAttribute("lang")).toBe("ja");

		await page
			.getByRole("textbox", { name: "コメント" })
			.fill("**とても**よい記事でした。\n二行目です。\n\n- ひとつ\n- ふたつ");
		await page.getByRole("textbox", { name: "名前" }).fill("花子");
		await page.getByRole("button", { name: "プレビュー" }).click();
		expect(await page.locator(".preview strong").innerText()).toBe("とても");
		await page.getByRole("button", { name: "コメントを投稿" }).click();
		expect(await page.getByRole("status").innerText()).toContain("コメントを公開しました");
		const id = new URL(page.url()).hash;

		await page.locator(id).getByRole("link", { name: "花子さんに返信" }).click();
		await page.getByRole("textbox", { name: "コメント" }).fill("返信です。");
		await page.getByRole("textbox", { name: "名前" }).fill("太郎");
		await page.getByRole("button", { name: "コメントを投稿" }).click();

		await page.locator("#reactions").getByRole("button", { name: "いいね" }).click();
		expect(await page.getByRole("status").innerText()).toContain("いいね");
		await page.locator(`${id} > article`).getByRole("button", { name: "ありがとう" }).click();
		await page.locator(id).getByRole("button", { name: "取り消す" }).waitFor();

		await server.restart();
		await page.goto(server.origin + post);
		await comeToComments(page);
		const comment = page.locator(id);
		expect(await comment.locator("> article strong").innerText()).toBe("とても");
		expect(await comment.locator("> article li").allInnerTexts()).toEqual(["ひとつ", "ふたつ"]);
		expect(await comment.locator("ol.thread").innerText()).toContain("返信です。");
		await comment.locator("> article").getByRole("button", { name: "ありがとう、1人" }).waitFor();
		await page.locator("#reactions").getByRole("button", { name: "いいね、1人" }).waitFor();
		expect(await page.getByRole("heading", { name: "コメント2件" }).count()).toBe(1);
	});

	it("gets a refused form back and can correct it", async () => {
		await page.goto(server.origin);
		await page.getByRole("link", { name: "はじめての記事", exact: false }).first().click();
		await page.getByRole("textbox", { name: "コメント" }).fill("消えては困る文章");
		await page.getByRole("textbox", { name: "名前" }).fill("　");
		await page.getByRole("button", { name: "コメントを投稿" }).click();
		expect(await page.getByRole("alert").innerText()).toContain("名前を入力してください");
		expect(await page.getByRole("textbox", { name: "コメント" }).inputValue()).toBe("消えては困る文章");
		await page.getByRole("textbox", { name: "名前" }).fill("次郎");
		await page.getByRole("button", { name: "コメントを投稿" }).click();
		expect(await page.getByRole("status").innerText()).toContain("コメントを公開しました");
	});
});

import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { comeToComments } from "../support/scroll.ts";
import { type Server, startServer } from "../support/server.ts";

const root = new URL("../..", import.meta.url).pathname;

describe.runIf(chromiumPath !== null)("on the server of npm start", () => {
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

	/** Runs a command on the data of this server. */
	function run(command: string, ...args: string[]) {
		const env = {
			...process.env,
			PORT: new URL(server.origin).port,
			PERSIST_TO: join(folder, "state"),
			OUTPUT_DIR: join(folder, "content"),
		};
		return promisify(execFile)(process.execPath, [`src/cli/${command}.ts`, ...args], { cwd: root, env });
	}

	describe("a reader without JavaScript", () => {
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
			await expect.poll(() => page.locator(".preview strong").innerText()).toBe("とても");
			await page.getByRole("button", { name: "コメントを投稿" }).click();
			await expect.poll(() => page.getByRole("status").innerText()).toContain("コメントを公開しました");
			const id = new URL(page.url()).hash;

			await page.locator(id).getByRole("link", { name: "花子さんに返信" }).click();
			await page.getByRole("textbox", { name: "コメント" }).fill("返信です。");
			await page.getByRole("textbox", { name: "名前" }).fill("太郎");
			await page.getByRole("button", { name: "コメントを投稿" }).click();

			await page.locator("#reactions").getByRole("button", { name: "いいね" }).click();
			await expect.poll(() => page.getByRole("status").innerText()).toContain("いいね");
			await page.locator(`${id} > article`).getByRole("button", { name: "ありがとう" }).click();
			await page.locator(id).getByRole("button", { name: "取り消す" }).waitFor();

			await server.restart();
			await page.goto(server.origin + post);
			await comeToComments(page);
			const comment = page.locator(id);
			await expect.poll(() => comment.locator("> article strong").innerText()).toBe("とても");
			expect(await comment.locator("> article li").allInnerTexts()).toEqual(["ひとつ", "ふたつ"]);
			await expect.poll(() => comment.locator("ol.thread").innerText()).toContain("返信です。");
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
			await expect.poll(() => page.getByRole("alert").innerText()).toContain("名前を入力してください");
			expect(await page.getByRole("textbox", { name: "コメント" }).inputValue()).toBe("消えては困る文章");
			await page.getByRole("textbox", { name: "名前" }).fill("次郎");
			await page.getByRole("button", { name: "コメントを投稿" }).click();
			await expect.poll(() => page.getByRole("status").innerText()).toContain("コメントを公開しました");
		});
	});

	describe("a reader without a mail account", () => {
		/** Opens a mail in the outbox once it is there, and follows its link that ends in `end`. */
		const followMail = async (subject: string, end: string) => {
			await eventually(async () => {
				await page.goto(`${server.origin}/admin/outbox`);
				expect(await page.getByRole("link", { name: subject }).count()).toBeGreaterThan(0);
			});
			await page.getByRole("link", { name: subject }).first().click();
			const link = await page.locator(`pre a[href$="/${end}"]`).getAttribute("href");
			// Links use the address in site.yaml; this server runs on another port.
			await page.goto(server.origin + new URL(link ?? "").pathname);
		};

		it("subscribes, confirms, is notified of a reply, and unsubscribes", async () => {
			await page.goto(server.origin);
			await page.getByRole("link", { name: "はじめての記事", exact: false }).first().click();
			const post = page.url();
			await page.getByRole("textbox", { name: "コメント" }).fill("返事を待っています。");
			await page.getByRole("textbox", { name: "名前" }).fill("花子");
			await page.locator("#email").fill("hanako@mail.example");
			await page.getByLabel("返信があったらメールで知らせる").check();
			await page.getByRole("button", { name: "コメントを投稿" }).click();
			await expect.poll(() => page.getByRole("status").innerText()).toContain("確認のメール");
			const id = new URL(page.url()).hash;

			await followMail("へのコメントについて", "confirmation");
			await page.getByRole("button", { name: "購読する" }).click();
			await page.getByRole("heading", { name: "購読を開始しました" }).waitFor();

			const visitor = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
			await visitor.goto(post);
			await visitor.locator(id).getByRole("link", { name: "花子さんに返信" }).click();
			await visitor.getByRole("textbox", { name: "コメント" }).fill("お返事です。<i>x");
			await visitor.getByRole("textbox", { name: "名前" }).fill("太郎");
			await visitor.getByRole("button", { name: "コメントを投稿" }).click();

			await followMail("太郎さんが花子さんに返信しました", "end");
			await page.goBack();
			await expect.poll(() => page.locator("pre").innerText()).toContain("お返事です。");
			expect(await page.locator('a[href*="evil"]').count()).toBe(0);
			await page.getByRole("link", { name: "HTML version" }).click();
			await expect.poll(() => page.locator("blockquote").innerText()).toContain("<i>x");
			expect(await page.locator('a[href*="evil"]').count()).toBe(0);

			await followMail("太郎さんが花子さんに返信しました", "end");
			await page.getByRole("button", { name: "購読を解除" }).click();
			await page.getByRole("heading", { name: "購読を解除しました" }).waitFor();
		});

		it("subscribes to a thread without commenting", async () => {
			await page.goto(server.origin);
			await page.getByRole("link", { name: "はじめての記事", exact: false }).first().click();
			await page.getByText("コメントせずにメールで購読").click();
			await page.locator("#subscribe-email").fill("jiro@mail.example");
			await page.getByRole("button", { name: "コメントを購読" }).click();
			await page.getByRole("heading", { name: "メールをご確認ください" }).waitFor();
		});

		it("can export the outbox as files that a mail program opens", async () => {
			expect((await run("outbox")).stdout).toContain("No failed notices.");
			const files = (await readdir(join(folder, "state/outbox"))).sort();
			const all = await Promise.all(
				files.map((file) => readFile(join(folder, "state/outbox", file), "utf8")),
			);
			const told = all.find((eml) => eml.includes("List-Unsubscribe:")) ?? "";
			const [head = ""] = told.split("\r\n\r\n");
			expect(head).toContain("To: hanako@mail.example\r\n");
			expect(head).toMatch(/\r\nSubject: =\?UTF-8\?/);
			expect(head).toContain("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click");
			expect(/^[\x20-\x7e\r\n\t]*$/.test(head)).toBe(true);
		});
	});

	describe("a new member", () => {
		it("is invited by a link that npm run invite prints", async () => {
			const { stdout } = await run("invite", "--name", "Mika");
			await page.goto(stdout.trim());
			expect(page.url()).toContain(`${server.origin}/admin/enrolment?invitation=`);
			await page.getByRole("heading", { name: "ようこそ、Mikaさん" }).waitFor();
		});
	});
});

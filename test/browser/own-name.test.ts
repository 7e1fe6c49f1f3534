import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, sampleContent, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { comeToComments } from "../support/scroll.ts";

describe.runIf(chromiumPath !== null)("a verified name, without JavaScript", () => {
	let browser: Browser;
	let blog: Blog;
	let post: string;

	beforeAll(async () => {
		blog = await startBlog({ contentDir: sampleContent, env: { DEVELOPMENT: "1" } });
		browser = await launchChromium();
	});
	afterAll(async () => {
		await browser?.close();
		await blog?.stop();
	});

	const newVisitor = async () => (await browser.newContext({ javaScriptEnabled: false })).newPage();

	const write = async (page: Page, name: string, text: string, email = "") => {
		await page.getByRole("textbox", { name: "コメント" }).fill(text);
		await page.getByRole("textbox", { name: "名前" }).fill(name);
		await page.locator("#email").fill(email);
		await page.getByRole("button", { name: "コメントを投稿" }).click();
	};

	/** Follows the link of a kind in the latest mail with a subject, in the page's browser. */
	const followMail = async (page: Page, subject: string, kind: string) => {
		await eventually(async () => {
			await page.goto(`${blog.origin}/admin/outbox`);
			expect(await page.getByRole("link", { name: subject }).count()).toBeGreaterThan(0);
		});
		await page.getByRole("link", { name: subject }).first().click();
		const link = new URL((await page.locator(`pre a[href*="/${kind}/"]`).getAttribute("href")) ?? "");
		// Links use the address in site.yaml; this blog has another.
		await page.goto(blog.origin + link.pathname + link.search);
	};

	it("is requested after posting, confirmed by a button, marked as verified, and refused to others", async () => {
		const hana = await newVisitor();
		await hana.goto(blog.origin);
		await hana.getByRole("link", { name: "はじめての記事", exact: false }).first().click();
		post = hana.url();
		await write(hana, "はなこ", "はじめまして。", "hanako@mail.example");
		const notice = hana.getByRole("status");
		await expect.poll(() => notice.innerText()).toContain("このリンクをメールでもお送りします");
		const id = new URL(hana.url()).hash;
		await notice.getByRole("button", { name: "この名前を認証" }).click();
		await hana.getByRole("heading", { name: "メールをご確認ください" }).waitFor();

		await followMail(hana, "メールアドレスの確認", "verifications");
		await expect.poll(() => hana.locator("main").innerText()).toContain("hanako@mail.example");
		expect(await hana.getByRole("textbox", { name: "名前" }).inputValue()).toBe("はなこ");
		await hana.getByRole("button", { name: "アドレスを確認" }).click();
		await expect.poll(() => hana.getByRole("status").innerText()).not.toBe("");

		const reader = await newVisitor();
		await reader.goto(post);
		await comeToComments(reader);
		await expect.poll(() => reader.locator(`${id} header`).innerText()).toContain("認証済み");

		await write(reader, "ハナコ", "なりすましです。");
		await reader.getByRole("heading", { name: "コメントはまだ投稿されていません" }).waitFor();
		await expect
			.poll(() => reader.getByRole("alert").innerText())
			.toContain("認証済みのほかの方が使っています");
		expect(await reader.getByRole("textbox", { name: "コメント" }).inputValue()).toBe("なりすましです。");
		await reader.getByRole("textbox", { name: "名前" }).fill("次郎");
		await reader.getByRole("button", { name: "コメントを投稿" }).click();
		await reader.getByText("なりすましです。").waitFor();
	});

	it("is changed and given up at /me, in another browser", async () => {
		const phone = await newVisitor();
		await phone.goto(`${blog.origin}/me`);
		await phone.locator("#verify-email").fill("hanako@mail.example");
		await phone.locator("form[action='/verifications'] button").click();
		await followMail(phone, "Confirm your e-mail address", "verifications");
		await phone.locator("main form button").click();
		await phone.waitForURL(/done=verified/);
		await expect.poll(() => phone.locator("main").innerText()).toContain("はじめまして。");
		await phone.locator("#verify-name").fill("はな");
		await phone.locator("form[action='/me/name'] button").click();
		await phone.waitForURL(/done=renamed/);
		await phone.locator("form[action='/me/name/removal'] button").click();
		await phone.waitForURL(/done=name-removed/);
		expect(await phone.locator("main").innerText()).not.toContain("hanako@mail.example");
		const reader = await newVisitor();
		await reader.goto(post);
		expect(await reader.locator(".verified").count()).toBe(0);
	});

	it("lets a comment be edited from another browser, through the e-mail alone", async () => {
		const [home, library] = [await newVisitor(), await newVisitor()];
		await home.goto(post);
		await write(home, "三郎", "書き間違えました。", "saburo@mail.example");
		await home.getByRole("status").waitFor();
		await followMail(library, "へのコメントについて", "comments");
		await library.getByRole("textbox", { name: "コメント" }).fill("書き直しました。");
		await library.getByRole("button", { name: "変更を保存" }).click();
		await library.getByText("書き直しました。").waitFor();
	});
});

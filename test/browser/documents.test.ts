import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations } from "../support/axe.ts";
import { type Blog, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";

const post = "2024-05-01-hello";

/** Everything that must stay apart where two posts are on one page. */
const body = (lang: string) =>
	`## A heading\n\nWords[^1] and [a link](/about/), \`code\`.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n\`\`\`ts\nconst ${"long".repeat(30)} = "${lang}";\n\`\`\`\n\n> [!NOTE]\n> Noted.\n\n- [x] done\n\n[^1]: A note.\n`;
const files = {
	"site.yaml":
		"title: Cats\nurl: https://cats.example\nhome: full\nnotifications: { from: cats@cats.example, owner: all }\n",
	"posts/2024-05-05-one.md": `---\ntitle: One\ndate: 2024-05-05\n---\n${body("en")}`,
	"posts/2024-05-06-two.md": `---\ntitle: 二つ目\ndate: 2024-05-06\nlang: ja\n---\n${body("ja")}`,
};

describe.runIf(chromiumPath !== null)("documents that are not a page of one post", () => {
	let browser: Browser;
	let blog: Blog;
	let page: Page;

	beforeAll(async () => {
		blog = await startBlog({ files, env: { DEVELOPMENT: "1", OWNER_EMAIL: "owner@cats.example" } });
		browser = await launchChromium();
		page = await (await browser.newContext({ bypassCSP: true })).newPage();
	});
	afterAll(async () => {
		await browser?.close();
		await blog?.stop();
	});

	it("meet WCAG 2.2 AA where whole posts are on the home page, and fit 320 pixels", async () => {
		for (const [colorScheme, width] of [
			["dark", 320],
			["light", 1440],
		] as const) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width, height: 900 });
			await page.goto(blog.origin);
			expect(await page.locator("pre").count()).toBe(2);
			expect(await axeViolations(page, { coloursOnly: width !== 320 }), colorScheme).toEqual([]);
			const wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
			expect(await page.evaluate(wide)).toBe(0);
		}
	});

	it("meet it as mails, of every kind", async () => {
		const mails = async () =>
			(
				await blog.db
					.prepare("SELECT subject, text, html FROM local_mails ORDER BY id")
					.all<{ subject: string; text: string; html: string }>()
			).results;
		const follow = async (pattern: RegExp) => {
			const found = (await mails()).map(({ text }) => pattern.exec(text)?.[0]).findLast(Boolean) ?? "none";
			expect((await blog.post(new URL(found).pathname, {})).status).toBeLessThan(400);
		};
		const minute = async () => {
			blog.setClock(blog.now + 60_000);
			await blog.cron();
		};
		await blog.post("/comments", {
			...{ post, name: "Ann", text: "First, with\n\n> a quote", email: "ann@mail.example", notify: "1" },
		});
		await minute();
		await follow(/https:\S+\/confirmation/);
		await blog.post("/comments", { post, name: "花子", text: "返信です。", parent: "1" });
		await blog.post("/verifications", { name: "Kim", email: "kim@mail.example" });
		await minute();
		await minute();
		const sent = await mails();
		expect(
			new Set(sent.map(({ subject }) => subject)).size,
			sent.map(({ subject }) => subject).join("\n"),
		).toBe(sent.length);
		expect(sent.length).toBeGreaterThanOrEqual(4);
		await page.goto("about:blank");
		for (const { subject, html } of sent) {
			await page.setContent(html);
			expect(await page.title()).not.toBe("");
			expect([subject, await axeViolations(page, { isMail: true })]).toEqual([subject, []]);
		}
	});
});

import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signedIn } from "../support/admin.ts";
import { type Blog, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { emptyTables } from "../support/empty-tables.ts";

const post = "2024-05-01-hello";

/** Texts of comments as readers write them: one line, two lines, Japanese, and one too long to be shown whole. */
const texts = [
	"Thank you, this is the clearest explanation of purging by tag that I have read so far.",
	"I tried the same on our blog and it worked at once, except for the feed, which stayed old for an hour. Did you purge it by its own tag, or does it expire with the home page?",
	"とても分かりやすい記事でした。D1の読み取りレプリカについても、いつか書いていただけると嬉しいです。",
	"Is the second diagram right? The arrow should go from the cache to the Worker.",
];
const long = "A long comment about many things, written by someone who had the time for it. ".repeat(9);

describe.runIf(chromiumPath !== null)("the moderation queue in Chromium", () => {
	let browser: Browser;
	let blog: Blog;
	let session: string;

	beforeAll(async () => {
		blog = await startBlog({
			files: { "site.yaml": "title: Cats\ncomments:\n  moderation: all\n" },
			clock: new Date().toISOString(),
		});
		const { Cookie } = await signedIn(blog, "Mika", "moderator", Date.now());
		session = Cookie.replace("session=", "");
		browser = await launchChromium();
	});
	afterAll(async () => {
		await browser?.close();
		await blog?.stop();
	});
	beforeEach(() => emptyTables(blog.db, "comments", "threads", "audit_log", "write_counts"));

	/** Stores comments that wait, by as many readers. */
	async function hold(count: number, text = (at: number) => texts[at % texts.length] ?? ""): Promise<void> {
		for (let at = 0; at < count; at++) {
			const fields = { post, name: `Reader ${at + 1}`, text: `${text(at)} (${at + 1})` };
			expect((await blog.post("/comments", fields)).status).toBe(303);
		}
	}

	/** Opens the queue as the signed-in moderator and counts the pages that are loaded. */
	async function open(options: Parameters<Browser["newContext"]>[0] = {}) {
		const context = await browser.newContext({ locale: "en-GB", ...options });
		await context.addCookies([{ name: "session", value: session, url: blog.origin }]);
		const page = await context.newPage();
		const count = { loads: 0 };
		page.on("request", (request) => {
			if (request.isNavigationRequest()) count.loads++;
		});
		await page.goto(`${blog.origin}/admin/comments`);
		return { context, page, count };
	}

	const card = (page: Page, id: number) => page.locator(`article[data-comment="${id}"]`);
	const cardIds = (page: Page) =>
		page
			.locator("article[data-comment]:not([inert])")
			.evaluateAll((all) => all.map((each) => Number(each.getAttribute("data-comment"))));
	const focused = (page: Page) =>
		page.evaluate(() => Number(document.activeElement?.closest("article")?.getAttribute("data-comment")));
	const selected = (page: Page) =>
		page
			.locator('input[name="id"]:checked')
			.evaluateAll((all) => all.map((each) => Number((each as HTMLInputElement).value)));
	const states = async () => {
		const { results } = await blog.db
			.prepare("SELECT id, state FROM comments ORDER BY id")
			.all<{ id: number; state: string }>();
		return Object.fromEntries(results.map(({ id, state }) => [id, state]));
	};
	const close = ({ context }: { context: BrowserContext }) => context.close();

	it("clears thirty comments by keyboard on one page", async () => {
		await hold(30);
		const queue = await open();
		const { page, count } = queue;
		const started = performance.now();
		await page.keyboard.press("j");
		for (let at = 0; at < 30; at++) await page.keyboard.press(at % 5 === 4 ? "s" : at % 7 === 6 ? "d" : "a");
		await page.getByText("No comments waiting.").waitFor();
		const seconds = (performance.now() - started) / 1000;
		console.log(
			`Thirty held comments cleared by keyboard in ${seconds.toFixed(1)} s, page loads: ${count.loads}`,
		);
		expect(seconds).toBeLessThan(60);
		expect(count.loads).toBe(1);
		const all = Object.values(await states());
		expect(all.filter((state) => state === "held")).toEqual([]);
		expect(all.filter((state) => state === "spam")).toHaveLength(6);
		await close(queue);
	});

	it("shows eight comments on a screen of 1280 by 900, and all of them fit a phone", async () => {
		await hold(10, (at) => (at === 8 ? long : (texts[at % texts.length] ?? "")));
		for (const [width, height, least] of [
			[1280, 900, 8],
			[390, 844, 2],
			[320, 640, 0],
		] as const) {
			const queue = await open({ viewport: { width, height }, hasTouch: width < 400, isMobile: width < 400 });
			const { page } = queue;
			if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/queue-${width}.png` });
			const visible = await page.locator("article[data-comment]").evaluateAll((all) => {
				const bar = document.querySelector(".bulk-actions")?.getBoundingClientRect().top ?? 0;
				return all.filter((each) => each.getBoundingClientRect().bottom <= bar + 1).length;
			});
			expect(visible, `cards in sight at ${width}`).toBeGreaterThanOrEqual(least);
			const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			expect([width, overflow]).toEqual([width, 0]);
			await page.mouse.wheel(0, 300);
			const bar = await page.locator(".bulk-actions").boundingBox();
			expect(bar === null ? 0 : bar.y + bar.height).toBeLessThanOrEqual(height + 1);
			await close(queue);
		}
	});

	it("keeps place, focus and selection when it decides, and applies keys to the selection", async () => {
		await hold(12);
		const [first = 0, ...rest] = Object.keys(await states()).map(Number);
		const queue = await open();
		const { page, count } = queue;
		for (const key of ["j", "x", "j", "x", "j", "x", "j"]) await page.keyboard.press(key);
		expect(await selected(page)).toEqual([first, rest[0], rest[1]]);
		const remove = card(page, rest[5] ?? 0).getByRole("button", { name: /^Delete/ });
		await remove.scrollIntoViewIfNeeded();
		const before = await page.evaluate(() => scrollY);
		await remove.click();
		await page.getByText("1 comment moved to Deleted.").waitFor();
		expect(await focused(page)).toBe(rest[6]);
		expect(await selected(page)).toEqual([first, rest[0], rest[1]]);
		expect(Math.abs((await page.evaluate(() => scrollY)) - before)).toBeLessThan(200);
		await page.keyboard.press("a");
		await page.getByText("3 comments moved to Published.").waitFor();
		expect(await cardIds(page)).toEqual(rest.filter((_, at) => at > 1 && at !== 5));
		expect(await focused(page)).toBe(rest[6]);
		await page.keyboard.press("u");
		await page.getByText("Undone.").waitFor();
		expect(await cardIds(page)).toEqual([first, ...rest].filter((id) => id !== rest[5]));
		expect(count.loads).toBe(1);
		await close(queue);
	});

	it("does not decide by a key that is held down, typed, or for another command", async () => {
		await hold(4);
		const queue = await open();
		const { page } = queue;
		await page.keyboard.press("j");
		await page.keyboard.down("a");
		await page.keyboard.down("a");
		await page.keyboard.down("a");
		await page.keyboard.up("a");
		await page.keyboard.press("Control+d");
		await page.locator(".more-actions summary").click();
		await page.getByLabel("Reason").fill("sad");
		await page.getByText("1 comment moved to Published.").waitFor();
		expect(Object.values(await states())).toEqual(["published", "held", "held", "held"]);
		await close(queue);
	});

	it("opens and closes its help by ? where one is, there and on a comment's own page", async () => {
		await hold(9);
		const [first = 0] = Object.keys(await states()).map(Number);
		const queue = await open({ viewport: { width: 1280, height: 500 } });
		const { page } = queue;
		const help = page.locator("#shortcuts");
		for (const address of ["/admin/comments", `/admin/comments/${first}`]) {
			await page.goto(blog.origin + address);
			for (const key of ["j", "j", "j"]) await page.keyboard.press(key);
			const before = await page.evaluate(() => [scrollY, document.activeElement?.id]);
			await page.keyboard.press("?");
			expect(await help.isVisible()).toBe(true);
			await page.keyboard.press("?");
			expect(await help.isVisible()).toBe(false);
			expect(await page.evaluate(() => [scrollY, document.activeElement?.id])).toEqual(before);
		}
		await page.goto(`${blog.origin}/admin/comments/${first}`);
		await page.keyboard.press("s");
		await page.getByText("1 comment moved to Spam.").waitFor();
		await page.keyboard.press("u");
		await page.getByText("Undone.").waitFor();
		expect((await states())[first]).toBe("held");
		await close(queue);
	});

	it("says that a decision could not be sent, and offers it again", async () => {
		await hold(3);
		const queue = await open();
		const { page, context } = queue;
		await context.setOffline(true);
		await page.keyboard.press("j");
		await page.keyboard.press("a");
		await page.getByText("That could not be sent").waitFor();
		expect(await cardIds(page)).toHaveLength(3);
		await context.setOffline(false);
		await page.keyboard.press("k");
		await page.keyboard.press("a");
		await page.getByText("1 comment moved to Published.").waitFor();
		await close(queue);
	});

	it("gives the decision back when the session has ended", async () => {
		await hold(2);
		const queue = await open();
		await queue.context.clearCookies();
		await queue.page.keyboard.press("j");
		await queue.page.keyboard.press("a");
		await queue.page.getByRole("heading", { name: "Sign in" }).waitFor();
		expect(await queue.page.locator('input[name="unsent"]').inputValue()).toContain("published:");
		await close(queue);
	});

	it("goes to the next comment without a script, and keeps the selection", async () => {
		await hold(12);
		const ids = Object.keys(await states()).map(Number);
		const queue = await open({ javaScriptEnabled: false });
		const { page } = queue;
		await card(page, ids[9] ?? 0)
			.getByRole("checkbox")
			.check();
		await card(page, ids[6] ?? 0)
			.getByRole("button", { name: /^Approve/ })
			.click();
		expect(new URL(page.url()).hash).toBe(`#comment-${ids[7]}`);
		expect(await page.locator('input[name="id"]:checked').inputValue()).toBe(String(ids[9]));
		await page.getByRole("button", { name: "Spam", exact: true }).last().click();
		expect((await states())[ids[9] ?? 0]).toBe("spam");
		expect(new URL(page.url()).hash).toBe(`#comment-${ids[10]}`);
		await close(queue);
	});
});

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedIn } from "../support/admin.ts";
import { type Blog, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { comeToComments } from "../support/scroll.ts";

const post = "2024-05-04-arabic";
const path = "/2024/05/04/arabic/";

/** Text that is wider, higher or closer than expected. */
const stacked = `Z${"\u0310\u0311\u0301\u0302\u0316\u0323".repeat(12)}algo`;
const hostile = [
	"w".repeat(200),
	`https://example.com/${"long".repeat(60)}?${"q".repeat(200)}`,
	"ー".repeat(120),
	"\u202e".repeat(3) + "ﷺ".repeat(60),
	`${stacked} ${stacked}`,
	`\`\`\`\n${"c".repeat(300)}\n\`\`\``,
	`> ${"q".repeat(150)}\n\n- ${"l".repeat(150)}`,
	`${"𒈙".repeat(40)} ${"👨‍👩‍👧‍👦".repeat(30)}`,
].join("\n\n");
const sixtyLines = Array.from({ length: 60 }, (_, line) => `line ${line}`).join("\n");
const longName = `${"n".repeat(60)}\u0310\u0311\u0301\u0302`;

const files = {
	"site.yaml":
		"title: A test of cats\nlanguage: en\nurl: https://cats.example\ncomments: { flood_limit: 100000, proof_limit: 100000 }\nnotifications: { from: cats@cats.example }\n",
	[`posts/${post}.md`]: `---\ntitle: القطة في الشباك\ndate: 2024-05-04\nlang: ar\ntags: [قطط]\n---\nكانت **القطة** في الشباك، وقالت: «أهلا!» ثم نامت.\n\n- أولا\n- ثانيا\n\n::: pair ar en\nقطة\n---\nA cat.\n:::\n\n\`\`\`ts\nconst cat = 1;\n\`\`\`\n`,
	"posts/2024-05-05-english.md":
		"---\ntitle: English\ndate: 2024-05-05\ntags: [a]\n---\nThe first paragraph.\n",
	"posts/2024-05-06-latin.md": "---\ntitle: Qitta\ndate: 2024-05-06\nlang: ar-Latn\n---\nKanat al-qitta.\n",
};

describe.runIf(chromiumPath !== null)("text in any language, at 320 pixels", { timeout: 120_000 }, () => {
	let blog: Blog;
	let browser: Browser;
	let page: Page;
	let author = "";

	beforeAll(async () => {
		blog = await startBlog({ files, env: { DEVELOPMENT: "1" } });
		const write = async (fields: Record<string, string>) => {
			const response = await blog.post(
				"/comments",
				{ post, ...fields },
				author === "" ? {} : { Cookie: author },
			);
			expect(response.status, JSON.stringify(fields)).toBe(303);
			author ||= response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
		};
		await write({ name: "ليلى", text: "ما أجملها!\n\n- واحد\n- اثنان\n\n> قطة" });
		await write({ name: longName, text: hostile, website: `https://example.com/${"w".repeat(200)}` });
		await write({ name: "Ann", text: "English below Arabic.\n\n> שלום", parent: "1" });
		const owner = await signedIn(blog, "Owner", "owner");
		await blog.post("/admin/decisions", { do: "spam:3", reason: hostile.slice(0, 400) }, owner);
		browser = await launchChromium();
		const context = await browser.newContext({
			javaScriptEnabled: false,
			viewport: { width: 320, height: 700 },
		});
		await context.addCookies(
			[author, owner.Cookie].map((cookie) => {
				const [name = "", ...value] = cookie.split("=");
				return { name, value: value.join("="), url: blog.origin };
			}),
		);
		page = await context.newPage();
	});
	afterAll(async () => {
		await browser?.close();
		await blog?.stop();
	});

	/** Types hostile text into every field of the page, and returns what does not fit. */
	async function misfits(): Promise<unknown> {
		for (const text of [hostile, sixtyLines]) {
			for (const field of await page.locator("textarea:visible").all()) await field.fill(text);
			for (const field of await page.locator("input[dir=auto]:visible").all())
				await field.fill(text.slice(0, 500));
			const found = await page.evaluate(measure);
			if (found.length > 0) return found;
		}
		return [];
	}

	const comment = (fields: Record<string, string>) => ({
		at: "/comments",
		fields: { post, name: longName, text: hostile, ...fields },
	});

	it.each([
		["a thread and its form", path],
		["the reply form", "/comments/2/reply"],
		["the quoted reply", "/comments/2/reply?quote"],
		["an author's comment", "/comments/2/edit"],
		["/me", "/me"],
		["the queue", "/admin/comments?state=any"],
		["a comment in the admin", "/admin/comments/2"],
		["the log", "/admin/log"],
		["the commenters", "/admin/commenters"],
		["the settings", "/admin/settings"],
		["the team", "/admin/team"],
		["the account", "/admin/account"],
		["the outbox", "/admin/outbox"],
		["the sign-in", "/admin/sign-in"],
	])("fits %s", async (_, address) => {
		const response = await page.goto(blog.origin + address);
		expect(response?.status()).toBe(200);
		await page.locator("details").evaluateAll((all) => {
			for (const one of all) one.setAttribute("open", "");
		});
		await comeToComments(page);
		expect(await misfits()).toEqual([]);
	});

	it.each([
		["a preview", comment({ intent: "preview" })],
		["a refused form", comment({ name: "n".repeat(200), email: "e".repeat(200), website: "w".repeat(200) })],
		["a form too long", comment({ text: "x".repeat(11_000) })],
		["a refused subscription", { at: "/subscriptions", fields: { post, email: "e".repeat(250) } }],
		["a refused verification", { at: "/verifications", fields: { email: "e".repeat(250), name: longName } }],
	])("fits %s", async (_, { at, fields }) => {
		const response = await blog.post(at, fields);
		const body = await response.text();
		await page.route("**/answer", (route) =>
			route.fulfill({ body, contentType: "text/html; charset=utf-8" }),
		);
		await page.goto(`${blog.origin}/answer`);
		await page.unroute("**/answer");
		expect(await misfits()).toEqual([]);
	});

	it("is written in the direction of each language", async () => {
		await page.goto(blog.origin + path);
		const directions = (selector: string) =>
			page.locator(selector).evaluateAll((all) => all.map((one) => getComputedStyle(one).direction));
		expect(await directions("html, .entry h1, .entry .prose > p, .pair > [lang=ar]")).toEqual(
			Array(4).fill("rtl"),
		);
		expect(await directions(".pair > [lang=en], .site-header, .site-footer, .entry pre")).toEqual(
			Array(4).fill("ltr"),
		);
		expect(
			await directions("#comment-1 .prose p, #comment-1 .prose ul, #comment-1 .prose blockquote"),
		).toEqual(expect.arrayContaining(["rtl", "rtl", "rtl"]));
		// An English sentence of the interface starts with its first word, at the right.
		const heading = page.locator("#write-heading");
		const box = await heading.evaluate((one) => {
			const range = document.createRange();
			range.setStart(one.firstChild ?? one, 0);
			range.setEnd(one.firstChild ?? one, 1);
			const [first, all] = [range.getBoundingClientRect(), one.getBoundingClientRect()];
			range.selectNodeContents(one);
			const text = range.getBoundingClientRect();
			return {
				beginsAtLeft: Math.abs(first.left - text.left),
				endsAtRight: Math.abs(all.right - text.right),
			};
		});
		expect(box.beginsAtLeft).toBeLessThan(1);
		expect(box.endsAtRight).toBeLessThan(1);
		await page.goto(`${blog.origin}/`);
		expect(new Set(await directions("html, article[lang=en], article[lang=ar-Latn]"))).toEqual(
			new Set(["ltr"]),
		);
		expect(await directions("article[lang=ar]")).toEqual(["rtl"]);
		await page.goto(`${blog.origin}/archive/`);
		expect(await directions("li[lang=ar]")).toEqual(["rtl"]);
		const feed = await (await blog.get("/feed.xml")).text();
		expect(feed).toContain('<div lang="ar" dir="rtl">');
		expect(feed).not.toContain('<div lang="ar-Latn"');
	});
});

/** Lists what does not fit the window: wide parts, high fields, touching buttons, marks that are not cut off. */
function measure(): string[] {
	const found: string[] = [];
	const { clientWidth, scrollWidth } = document.documentElement;
	if (scrollWidth > clientWidth) found.push(`page: ${scrollWidth} px wide`);
	const name = (one: Element) =>
		`${one.tagName.toLowerCase()}.${one.className}#${one.id} "${one.textContent?.slice(0, 20)}"`;
	const seen = (one: Element) => one.checkVisibility() && one.closest(".visually-hidden") === null;
	for (const field of document.querySelectorAll("textarea, input, select, button, a, p, li, dd, bdi, pre")) {
		const { left, right, height } = field.getBoundingClientRect();
		if (!seen(field)) continue;
		if (left < -1 || right > clientWidth + 1) found.push(`${name(field)}: from ${left} to ${right}`);
		if (field instanceof HTMLTextAreaElement && height > 0.75 * innerHeight)
			found.push(`${name(field)}: ${height} px high`);
	}
	const buttons = [
		...document.querySelectorAll("button, a.button, input:not([type=hidden]), textarea, select"),
	].filter(seen);
	/** The bar that stays in view over the page, if it is in one. */
	const barOf = (start: Element) => {
		let one: Element | null = start;
		while (one !== null && getComputedStyle(one).position !== "sticky") one = one.parentElement;
		return one;
	};
	for (const [at, one] of buttons.entries()) {
		const a = one.getBoundingClientRect();
		for (const other of buttons.slice(at + 1)) {
			if (barOf(one) !== barOf(other)) continue;
			const b = other.getBoundingClientRect();
			const across = Math.max(a.left, b.left) - Math.min(a.right, b.right);
			const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
			if (across < 3 && down < 3) found.push(`${name(one)} touches ${name(other)}`);
		}
	}
	const walker = document.createTreeWalker(
		document.querySelector("main") ?? document.body,
		NodeFilter.SHOW_TEXT,
	);
	for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
		if (!/\p{M}{4}/u.test(text.nodeValue ?? "") || text.parentElement === null) continue;
		if (!seen(text.parentElement) || text.parentElement.closest("textarea, option") !== null) continue;
		let cut = false;
		for (
			let one: Element | null = text.parentElement;
			one !== null && one.tagName !== "MAIN";
			one = one.parentElement
		) {
			cut ||= getComputedStyle(one).overflowY !== "visible";
		}
		if (!cut) found.push(`${name(text.parentElement)}: stacked marks run out`);
	}
	return found;
}

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReactionKind, reactionKinds } from "../../src/reactions/kinds.ts";
import { type Blog, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { comeToComments } from "../support/scroll.ts";

const kinds = Object.keys(reactionKinds) as ReactionKind[];

/** Share of each icon's square that is filled, by the kind of its button. */
const filledShare = `Promise.all(
	[...document.querySelectorAll("#reactions button")].map(async (button) => {
		const icon = getComputedStyle(button.querySelector("i"));
		const image = new Image(40, 40);
		image.src = icon.maskImage.slice(5, -2);
		await image.decode();
		const canvas = new OffscreenCanvas(40, 40).getContext("2d");
		canvas.drawImage(image, 0, 0, 40, 40);
		const { data } = canvas.getImageData(0, 0, 40, 40);
		return [button.value, data.filter((value, at) => at % 4 === 3 && value > 127).length / 1600];
	}),
)`;

describe.runIf(chromiumPath !== null)("the icons of reactions", () => {
	let blog: Blog;
	let browser: Browser;

	beforeAll(async () => {
		blog = await startBlog({ files: { "site.yaml": `title: Cats\nreactions: [${kinds.join(", ")}]\n` } });
		browser = await launchChromium();
	});
	afterAll(async () => {
		await browser?.close();
		await blog?.stop();
	});

	it("are drawn for every kind, without further requests", async () => {
		const page = await browser.newPage({ extraHTTPHeaders: { "X-Test-Now": String(blog.now) } });
		const messages: string[] = [];
		page.on("console", (message) => messages.push(message.text()));
		await page.goto(`${blog.origin}/2024/05/01/hello/`);
		await comeToComments(page);
		const ink = (await page.evaluate(filledShare)) as [string, number][];
		expect(ink.map(([kind]) => kind)).toEqual(kinds);
		for (const [kind, part] of ink) {
			expect(part, kind).toBeGreaterThan(0.05);
			expect(part, kind).toBeLessThan(0.5);
		}
		expect(messages).toEqual([]);
	});

	it("are text without style sheets", async () => {
		const html = await (await blog.get("/2024/05/01/hello/")).text();
		const shown = /<form class="reactions".*?<\/form>/s.exec(html)?.[0].replace(/<[^>]+>/g, " ");
		expect(shown?.split(/\s+/).filter(Boolean)).toEqual(
			"Like Love Thanks Laugh Wow Sad Celebrate".split(" "),
		);
	});
});

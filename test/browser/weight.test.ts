import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";

const path = "/2024/05/01/hello/";
const post = "2024-05-01-hello";
const english =
	"A page that is the same for everyone can be kept close to everyone, and nobody has to make it again.";
const japanese = "だれにとっても同じページは、だれの近くにも置いておける。作り直す人を待たなくてよい。";

describe("a post with twenty comments", () => {
	let blog: Blog;
	let html: string;

	beforeAll(async () => {
		const paragraphs = Array.from({ length: 12 }, (_, n) => `## Part ${n}\n\n${n}. ${english} ${japanese}\n`);
		blog = await startBlog({
			files: {
				"posts/2024-05-01-hello.md": `---\ntitle: Hello\ndate: 2024-05-01\n---\n${paragraphs.join("\n")}`,
			},
		});
		for (let n = 1; n <= 20; n++) {
			const fields = {
				post,
				name: n % 2 === 0 ? `Reader ${n}` : `読者${n}`,
				text: `${n % 2 === 0 ? english : japanese}\n\n**${n}**`,
				...(n % 3 === 0 ? { parent: String(n - 1) } : {}),
			};
			const answer = await blog.post("/comments", fields, { "CF-Connecting-IP": `192.0.2.${n}` });
			expect(answer.status).toBe(303);
		}
		html = await (await blog.get(path)).text();
	});
	afterAll(() => blog.stop());

	it("is at most 14 KB compressed, with all its styles", () => {
		expect(html.match(/<li id="comment-/g)?.length).toBe(20);
		expect(gzipSync(html, { level: 9 }).length).toBeLessThanOrEqual(14 * 1024);
		expect(html).not.toMatch(/<link [^>]*rel="(stylesheet|preload|modulepreload)"|@import|@font-face/);
		expect(html.match(/<script defer[^>]*>/g)).toEqual([
			expect.stringMatching(/^<script defer="" src="\/scripts\/thread-[0-9a-f]{16}\.js">$/),
			expect.stringMatching(/^<script defer="" src="\/scripts\/search-[0-9a-f]{16}\.js">$/),
		]);
	});

	it.runIf(chromiumPath !== null)(
		"looks the same without its subresources, and has no layout shift",
		async () => {
			const browser = await launchChromium();
			const shown: unknown[] = [];
			for (const alone of [true, false]) {
				const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
				await page.addInitScript(
					"window.shift = 0; new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.shift += value; }).observe({ type: 'layout-shift', buffered: true });",
				);
				if (alone)
					await page.route("**", (route) =>
						route.request().resourceType() === "document" ? route.continue() : route.abort(),
					);
				await page.goto(blog.origin + path, { waitUntil: "load" });
				await page.evaluate("scrollTo(0, document.body.scrollHeight)");
				await page.evaluate(
					"new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
				);
				expect(await page.evaluate("window.shift")).toBe(0);
				shown.push(
					await page.evaluate(
						"[...document.querySelectorAll('h1, main p:not(:empty)')].map((each) => [each.textContent, getComputedStyle(each).font, each.getBoundingClientRect().width])",
					),
				);
			}
			await browser.close();
			expect(shown[0]).toEqual(shown[1]);
		},
	);
});

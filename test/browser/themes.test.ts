import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInThemes } from "../../src/build/themes.ts";
import { axeViolations } from "../support/axe.ts";
import { type Blog, startBlog } from "../support/blog.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { comeToComments } from "../support/scroll.ts";

/** The custom theme of the documentation. */
const sample = /```css\n(\/\* content\/themes\/sea\.css \*\/\n[^`]*)```/.exec(
	readFileSync(".github/docs/themes.md", "utf8"),
)?.[1];

const cases = [...builtInThemes, "sea.css"].flatMap((theme) => [
	[theme, "en"] as const,
	[theme, "ja"] as const,
]);

/** A post with whatever has a colour of its own, and with what might be too wide. */
const everything = {
	en: `The *first* paragraph, with a [link](/about/), \`code\`, and https://example.com/${"long/".repeat(20)}

A second one.[^1]

## A heading of some length, which is broken into lines

> A quotation.

| Left | Right | And a wide column | Another wide column |
| --- | ---: | --- | --- |
| one | 2 | internationalization | telecommunications |

\`\`\`ts {1} title="src/hello.ts"
const greeting: string = "a line that is too long for a telephone and therefore scrolls"; // 42
- return 42;
\`\`\`

> [!TIP]
> A tip.

> [!WARNING]
> A warning.

> [!CAUTION]
> A danger.

- [x] done

---

[^1]: A note.
`,
	ja: `最初の段落は*強調*と[リンク](/about/)と\`コード\`を含む。https://example.com/${"long/".repeat(20)}

二番目の段落。[^1]

## すこし長めの見出しは、いくつかの行に分けて組まれることになる

> 引用です。

| 左 | 右 | 幅のある列 | もうひとつ幅のある列 |
| --- | ---: | --- | --- |
| 一 | 2 | 国際化と地域化 | 電気通信事業者 |

\`\`\`ts {1} title="src/hello.ts"
const greeting: string = "電話の画面には長すぎる行なので、横に動かして読む"; // 42
\`\`\`

> [!IMPORTANT]
> 大事なこと。

[^1]: 注。
`,
};

const title = {
	en: "A title long enough to be broken into several lines on a telephone",
	ja: "電話の画面では何行にも分かれるくらいの長さがある題名",
};

const post = "2024-05-04-everything";
const path = "/2024/05/04/everything/";
const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/** Elements with the focus, one of each kind; all are reached by the Tab key. */
const focusable = [
	".site-title",
	".site-header nav a",
	".entry a",
	".reply",
	"textarea",
	"button.primary",
	".site-footer a",
];

describe.runIf(chromiumPath !== null).each(cases)("the theme %s in %s", (theme, lang) => {
	let blog: Blog;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		browser = await launchChromium();
		blog = await startBlog({
			files: {
				"site.yaml": `title: A test of cats\ntagline: A line about it\nlanguage: ${lang}\ntheme: ${theme}\n`,
				"themes/sea.css": sample ?? "",
				[`posts/${post}.md`]: `---\ntitle: ${title[lang]}\ndate: 2024-05-04\nlang: ${lang}\ntags: [edge]\n---\n${everything[lang]}`,
			},
		});
		const comment = (fields: Record<string, string>, network: string) =>
			blog.post("/comments", { post, ...fields }, { "CF-Connecting-IP": network });
		await comment(
			{ name: "花子", text: "**とても**よい。\n\n> 引用\n\n`コード` https://example.com/" },
			"192.0.2.1",
		);
		await comment({ name: "Tom", text: "A reply, with *emphasis*.", parent: "1" }, "192.0.2.2");
		const extraHTTPHeaders = { "X-Test-Now": String(blog.now) };
		page = await (await browser.newContext({ bypassCSP: true, extraHTTPHeaders })).newPage();
	});
	afterAll(async () => {
		await browser?.close();
		await blog?.stop();
	});

	/** Opens a page as it is shown in the light scheme and at a width in pixels. */
	async function open(at: string, width: number): Promise<void> {
		await page.emulateMedia({ colorScheme: "light" });
		await page.setViewportSize({ width, height: 900 });
		await page.goto(blog.origin + at);
	}

	const none = { wide: 0, light: [], dark: [] };

	/** Returns the problems of a page in both schemes. Colours are the same in both languages. */
	async function problemsOf() {
		await comeToComments(page);
		const wide = await page.evaluate(overflow);
		if (lang === "ja") return { ...none, wide };
		const light = await axeViolations(page, { coloursOnly: true });
		await page.emulateMedia({ colorScheme: "dark" });
		const dark = await axeViolations(page, { coloursOnly: true });
		return { wide, light, dark };
	}

	it.each([
		["the home page", "/"],
		["a post with a thread and a form", path],
		["the archive", "/archive/"],
		["an unknown address", "/nowhere/"],
	])("has enough contrast in both schemes and fits 320 pixels: %s", async (_, at) => {
		await open(at, 320);
		expect(await problemsOf()).toEqual(none);
	});

	it("has enough contrast on a refused form", async () => {
		await open(path, 320);
		await page.locator("textarea").fill("text");
		await page.locator('input[name="name"]').fill("　");
		await page.locator("button.primary").click();
		await page.locator(".error-summary").waitFor();
		expect(await problemsOf()).toEqual(none);
	});

	it("shows a focus ring that stands out in both schemes", async () => {
		await open(path, 360);
		await comeToComments(page);
		await page.keyboard.press("Tab");
		for (const colorScheme of ["light", "dark"] as const) {
			await page.emulateMedia({ colorScheme });
			for (const selector of focusable) {
				const ring = await page.locator(selector).first().evaluate(ringOf);
				expect(ring.width, selector).toBeGreaterThanOrEqual(2);
				expect(ring.style, selector).toBe("solid");
				expect(ring.contrast, `${selector} in ${colorScheme}`).toBeGreaterThanOrEqual(3);
			}
		}
	});
});

/** Focuses an element and measures its outline; runs in the page. */
function ringOf(element: HTMLElement | SVGElement): { width: number; style: string; contrast: number } {
	element.focus();
	const { outlineColor, outlineStyle, outlineWidth } = getComputedStyle(element);
	const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
	const luminance = (color: string) => {
		if (canvas === null) return Number.NaN;
		canvas.fillStyle = color;
		canvas.fillRect(0, 0, 1, 1);
		const [red = 0, green = 0, blue = 0] = Array.from(canvas.getImageData(0, 0, 1, 1).data, (value) => {
			const share = value / 255;
			return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	};
	const [high = 0, low = 0] = [
		luminance(outlineColor),
		luminance(getComputedStyle(document.documentElement).backgroundColor),
	].toSorted((a, b) => b - a);
	return {
		width: Number.parseFloat(outlineWidth),
		style: outlineStyle,
		contrast: (high + 0.05) / (low + 0.05),
	};
}

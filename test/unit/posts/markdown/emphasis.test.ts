import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderCommentMarkdown } from "../../../../src/comments/markdown.ts";
import { readMarkdown } from "../../../../src/posts/markdown/document.ts";
import { cpuTime } from "../../../support/cpu-time.ts";
import { render } from "../../../support/render.ts";

describe("emphasis beside Chinese, Japanese and Korean", () => {
	it.each([
		["**「強調」**する", "<strong>「強調」</strong>する"],
		["これは**強調。**次", "これは<strong>強調。</strong>次"],
		["これは**「強調」**です", "これは<strong>「強調」</strong>です"],
		["猫は**（眠い）**と言う。", "猫は<strong>（眠い）</strong>と言う。"],
		["前**「中」**", "前<strong>「中」</strong>"],
		["*「小」*と*強。*の", "<em>「小」</em>と<em>強。</em>の"],
		["***「両方」***です", "<em><strong>「両方」</strong></em>です"],
		["**価格：100円（税込）**です", "<strong>価格：100円（税込）</strong>です"],
		["**[リンク](https://example.com/)**を", '<strong><a href="https://example.com/">リンク</a></strong>を'],
		["**`code`**を", "<strong><code>code</code></strong>を"],
		['これは**"quoted"**です', "これは<strong>&quot;quoted&quot;</strong>です"],
		["これは**(ASCII)**です", "これは<strong>(ASCII)</strong>です"],
		["これは**Word.**です", "これは<strong>Word.</strong>です"],
		["**！**だ", "<strong>！</strong>だ"],
		["半角**ﾊﾝｶｸ｡**です", "半角<strong>ﾊﾝｶｸ｡</strong>です"],
		["**“引用”︁**です", "<strong>“引用”︁</strong>です"],
		["**葛󠄀。**と**辻󠄁（つじ）**は", "<strong>葛󠄀。</strong>と<strong>辻󠄁（つじ）</strong>は"],
		["葛󠄀**(注)**", "葛󠄀<strong>(注)</strong>"],
		["**😀**です", "<strong>😀</strong>です"],
		["**这是“重点”。**然后", "<strong>这是“重点”。</strong>然后"],
		["**스크립트(script)**라고", "<strong>스크립트(script)</strong>라고"],
		['**"안녕"**이라고', "<strong>&quot;안녕&quot;</strong>이라고"],
		["**이것은?**그렇다", "<strong>이것은?</strong>그렇다"],
		["~~「旧」~~は新", "<del>「旧」</del>は新"],
		["~~(old)~~です", "<del>(old)</del>です"],
	])("reads %s", async (markdown, html) => {
		expect(await render(markdown)).toBe(`<p>${html}</p>\n`);
	});

	it.each([
		["a**(b)**c", "a**(b)**c"],
		["foo_bar_baz", "foo_bar_baz"],
		["これ_だ_け", "これ_だ_け"],
		["x_。_x", "x_。_x"],
		["x**한*x", "x**한*x"],
		["** 強調 **", "** 強調 **"],
		["2 * 3 * 4", "2 * 3 * 4"],
		["~~~一~~~二", "~~~一~~~二"],
	])("leaves %s alone", async (markdown, html) => {
		expect(await render(`x ${markdown}`)).toBe(`<p>x ${html}</p>\n`);
	});

	it("works in comments too", () => {
		expect(renderCommentMarkdown("**「強調」**する ~~（旧）~~の")).toBe(
			"<p><strong>「強調」</strong>する <del>（旧）</del>の</p>",
		);
	});

	it("keeps every character that is not a delimiter, and comes to an end", () => {
		const piece = fc.constantFrom(
			"*",
			"**",
			"_",
			"~~",
			"~",
			" ",
			"あ",
			"。",
			"「",
			"a",
			"(",
			"한",
			"[x](y)",
			"`c`",
			"\\*",
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
				const text = renderCommentMarkdown(`x${pieces.join("")}x`).replace(/<[^>]*>/g, "");
				const letters = (value: string) => value.replace(/[^あ。「a(한c]/g, "");
				expect(letters(text)).toBe(letters(pieces.join("").replaceAll("[x](y)", "[x](y)")));
			}),
			{ numRuns: 1000 },
		);
	});

	it("survives deep nesting", () => {
		const started = cpuTime();
		expect(renderCommentMarkdown(`${"**a ".repeat(1200)}${"b** ".repeat(1200)}`)).toContain("b");
		expect(renderCommentMarkdown("a**b*c_".repeat(1400)).length).toBeGreaterThan(0);
		expect(renderCommentMarkdown("[*a*](https://x.example/) ".repeat(380)).length).toBeGreaterThan(0);
		expect(cpuTime() - started).toBeLessThan(10_000);
	});

	it.each(["*_a ".repeat(5000), "~~a~b ".repeat(3000), `${"**a ".repeat(2500)}${"b** ".repeat(2500)}`])(
		"takes time in proportion to the text: %.12s…",
		(text) => {
			const started = cpuTime();
			expect(renderCommentMarkdown(text)).toContain("a");
			// Several times what it takes on a busy machine; the square of it takes more than ten seconds, or too much stack.
			expect(cpuTime() - started).toBeLessThan(3000);
		},
	);
});

describe("a line end", () => {
	it.each([
		["日本語の\n文章", "日本語の文章"],
		["**強調**\nする", "<strong>強調</strong>する"],
		["文。\n「次」", "文。「次」"],
		["文。\nEnglish", "文。English"],
		["日本語\nEnglish", "日本語\nEnglish"],
		["English\n日本語", "English\n日本語"],
		["한국어\n문장", "한국어\n문장"],
		["中文\n句子", "中文句子"],
		["日本  \n語", "日本<br>語"],
	])("in %j is parsed correctly", async (markdown, html) => {
		expect(await render(markdown)).toBe(`<p>${html}</p>\n`);
	});

	it("is parsed correctly in lists and headings too", async () => {
		expect(await render("- 日本\n  語\n- b")).toContain("<li>日本語</li>");
		expect(await render("日本\n語\n---")).toContain(">日本語 <a");
	});
});

describe("a bare address", () => {
	const link = (address: string) => `<a href="${address}">${address}</a>`;

	it.each([
		["https://example.com/を見て", `${link("https://example.com/")}を見て`],
		["詳細は（https://example.com/a?b=c）。", `詳細は（${link("https://example.com/a?b=c")}）。`],
		["https://example.com/。次", `${link("https://example.com/")}。次`],
		["「https://example.com/x」", `「${link("https://example.com/x")}」`],
		["https://example.com/를", `${link("https://example.com/")}를`],
		["https://example.com/，然后", `${link("https://example.com/")}，然后`],
		["https://example.com…", `${link("https://example.com")}…`],
		["https://example.com/.次", `${link("https://example.com/")}.次`],
		["https://example.com/caf%C3%A9 x", `${link("https://example.com/caf%C3%A9")} x`],
	])("ends at CJK text: %s", async (text, html) => {
		expect(await render(text)).toBe(`<p>${html}</p>\n`);
		expect(renderCommentMarkdown(text).replaceAll(' rel="nofollow ugc noopener"', "")).toContain(
			/href="([^"]*)"/.exec(html)?.[1]?.replace(/^(https:\/\/[^/]*)$/, "$1/") ?? "",
		);
	});
});

describe("a tilde in a range", () => {
	const ends = fc.constantFrom(
		"5",
		"10個",
		"午前10:00",
		"１２",
		"三",
		"月",
		"九月",
		"오전",
		"3시",
		"第1章",
		"あ",
		"①",
		"10%",
		"$5",
		"½",
	);
	const sign = fc.constantFrom("、", "。", " ", ", ", "と", "그리고 ", "（", "）", "\n", "**太字**", "");

	it("is shown as typed, however many ranges a text has", () => {
		const range = fc.tuple(ends, fc.constantFrom("5", "10個", "月", "오후", "12:00", "ん"), sign);
		fc.assert(
			fc.property(fc.array(range, { minLength: 1, maxLength: 6 }), (ranges) => {
				const text = ranges.map(([from, to, after]) => `${from}~${to}${after}`).join("");
				const { marked, tokens } = readMarkdown(text);
				for (const html of [renderCommentMarkdown(text), marked.parser(tokens)]) {
					expect(html).not.toContain("<del>");
					expect(html.match(/~/g)).toHaveLength(ranges.length);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	it.each(["5~10個、20~30個", "10:00~12:00、13:00~15:00", "월~금, 토~일", "~5個、~10個", "5 ~ 10、20 ~ 30"])(
		"%s",
		async (text) => {
			expect(await render(text)).toBe(`<p>${text}</p>\n`);
		},
	);

	it.each([
		["~~5個~~10個", "<del>5個</del>10個"],
		["~old~ new", "<del>old</del> new"],
		["5~10 and ~old~", "5~10 and <del>old</del>"],
	])("does not change a strike: %s", async (text, html) => {
		expect(await render(text)).toBe(`<p>${html}</p>\n`);
	});
});

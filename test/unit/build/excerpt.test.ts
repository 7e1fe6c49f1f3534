import { describe, expect, it } from "vitest";
import { extractOpening, makeExcerpt } from "../../../src/build/excerpt.ts";
import { readMarkdown } from "../../../src/posts/markdown/document.ts";

const excerpt = (markdown: string, lang = "en") =>
	makeExcerpt(extractOpening(readMarkdown(markdown).tokens), lang);

describe("an excerpt", () => {
	it("is plain text, without Markdown or HTML", () => {
		expect(
			excerpt(
				"Some **bold** and `code`, [a link](/x/), ![a picture](/media/x.png) \\*as is\\*, R&amp;D &#x732B; <em>html</em><!-- not this -->.",
			),
		).toBe("Some bold and code, a link, *as is*, R&D 猫 html.");
	});

	it("skips what comes before the first paragraph and stops at the next heading", () => {
		expect(
			excerpt(
				"# Title\n\n![alone](/media/x.png)\n\n```\ncode\n```\n\nFirst.\n\nSecond.\n\n## Next\n\nThird.",
			),
		).toBe("First. Second.");
	});

	it("stops at the more tag", () => {
		expect(excerpt("First.\n\n<!-- more -->\n\nSecond.")).toBe("First.");
	});

	it("omits footnote references and ruby readings", () => {
		expect(excerpt("文[^1]と<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>。\n\n[^1]: 注")).toBe(
			"文と漢字。",
		);
	});

	it("joins lines with a space between words and with nothing between wide characters", () => {
		expect(excerpt("全角Ａ\nＢ")).toBe("全角ＡＢ");
		expect(excerpt("one\ntwo  \nthree")).toBe("one two three");
		expect(excerpt("猫が\nいる。\n\n犬も。\nAWS の\nCloud")).toBe("猫がいる。犬も。AWS の Cloud");
	});

	it("drops asterisks that Markdown could not read next to Japanese brackets", () => {
		expect(excerpt("これは**「強い」**言葉。")).toBe("これは「強い」言葉。");
	});

	it("uses a list or quotation when there is no paragraph", () => {
		expect(excerpt("- one\n- two")).toBe("one two");
		expect(excerpt("> said")).toBe("said");
		expect(excerpt("```\nonly code\n```")).toBe("");
	});

	it("is cut at the end of a word to about 160 characters", () => {
		const cut = excerpt("lovely words ".repeat(40));
		expect(cut).toMatch(/^lovely words .* (?:lovely|words)…$/);
		expect(cut.length).toBeGreaterThan(140);
		expect(cut.length).toBeLessThanOrEqual(160);
	});

	it("is cut to 80 characters of Japanese, Chinese or Korean", () => {
		expect(excerpt("猫".repeat(80))).toBe("猫".repeat(80));
		expect(excerpt("猫".repeat(81))).toBe(`${"猫".repeat(79)}…`);
	});

	it("never splits a grapheme", () => {
		const family = "👨‍👩‍👧‍👦";
		expect(excerpt(`${"猫".repeat(78)}${family}${family}犬`)).toBe(`${"猫".repeat(78)}${family}…`);
		expect(excerpt(`${"猫".repeat(78)}が${"猫".repeat(9)}`.normalize("NFD"))).toBe(
			`${"猫".repeat(78)}が…`.normalize("NFD"),
		);
	});

	it("is cut between the phrases of Japanese and the words of Chinese and Korean", () => {
		const japanese = "吾輩は猫である名前はまだ無いどこで生れたかとんと見当がつかぬ";
		expect(excerpt(japanese.repeat(4), "ja")).toMatch(
			/(?:吾輩は|猫である|名前は|まだ|無い|どこで|とんと|見当が|つかぬ)…$/,
		);
		expect(excerpt("我们今天去图书馆看书".repeat(12), "zh")).toMatch(/(?:我们|今天|去|图书馆|看|书)…$/);
		expect(excerpt("고양이는 오늘도 조용히 잔다 ".repeat(12), "ko")).toMatch(
			/(?:고양이는|오늘도|조용히|잔다)…$/,
		);
	});

	it("does not leave a comma before the ellipsis", () => {
		expect(excerpt(`${"猫".repeat(78)}、${"犬".repeat(20)}`)).toBe(`${"猫".repeat(78)}…`);
	});
});

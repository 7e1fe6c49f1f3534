import { describe, expect, it } from "vitest";
import { insertPhraseBreaks } from "../../../../src/posts/markdown/phrase-breaks.ts";
import { render } from "../../../support/render.ts";

describe("a phrase break", () => {
	it.each([
		["雲の<b>猫</b>寝る", "雲の猫寝る", [3, 2], "雲の<b>猫<wbr></b>寝る"],
		[
			"雲の<ruby>猫<rp>（</rp><rt>ねこ</rt><rp>）</rp></ruby>寝る",
			"雲の猫寝る",
			[3, 2],
			"雲の<ruby>猫<wbr><rp>（</rp><rt>ねこ</rt><rp>）</rp></ruby>寝る",
		],
		["雲&amp;猫", "雲&猫", [2, 1], "雲&amp;<wbr>猫"],
		["𠮷野家の猫", "𠮷野家の猫", [4, 1], "𠮷野家の<wbr>猫"],
		["猫<sup><a>1</a></sup>が鳴く", "猫が鳴く", [2, 2], "猫<sup><a>1</a></sup>が<wbr>鳴く"],
		["something else", "猫が鳴く", [2, 2], "something else"],
		["The cat", "The cat", [], "The cat"],
	])("in %s is between phrases", (html, text, lengths, broken) => {
		expect(insertPhraseBreaks(html, text, lengths)).toBe(broken);
	});

	it("is inserted in headings without changing their text", async () => {
		const markdown = "## 雲の上の{猫|ねこ}が**鳴く**\n\nText\n\n### Other";
		const html = await render(markdown, { headingPhrases: [[2, 2, 2, 2], [5]] });
		expect(html).toContain("雲の<wbr>上の<wbr><ruby>");
		expect(html.replaceAll("<wbr>", "")).toBe(await render(markdown));
	});
});

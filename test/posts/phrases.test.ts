import { describe, expect, it } from "vitest";
import { breakPhrases } from "../../src/posts/markdown/phrase-breaks.ts";
import { phrasesOf } from "../../src/posts/phrases.ts";
import { render } from "../support/render.ts";

describe("the phrases of a line", () => {
	it.each([
		["ja", "今日は天気が良いので散歩に行きます。", ["今日は", "天気が", "良いので", "散歩に", "行きます。"]],
		["zh", "我们今天看书。", ["我们", "今天", "看书。"]],
		["ko", "고양이는 오늘도 잔다", ["고양이는 ", "오늘도 ", "잔다"]],
		["en", "The cat sits", ["The ", "cat ", "sits"]],
	])("in %s are whole", (lang, text, phrases) => {
		expect(phrasesOf(text, lang)).toEqual(phrases);
		expect(phrases.join("")).toBe(text);
	});

	it("are where a Japanese heading may break, and the heading stays what it is", async () => {
		const html = await render("## 雲の**上の{猫|ねこ}が**鳴く &amp; 寝る", { lang: "ja" });
		expect(html).toContain("<wbr>");
		const without = html.replaceAll("<wbr>", "");
		expect(without).toBe(await render("## 雲の**上の{猫|ねこ}が**鳴く &amp; 寝る"));
		expect(await render("## The cat sits")).not.toContain("<wbr>");
	});

	it("are counted past elements and readings", () => {
		const two = () => ["雲の猫", "寝る"];
		expect(breakPhrases("雲の<b>猫</b>寝る", two)).toBe("雲の<b>猫<wbr></b>寝る");
		expect(breakPhrases("雲の<ruby>猫<rp>（</rp><rt>ねこ</rt><rp>）</rp></ruby>寝る", two)).toBe(
			"雲の<ruby>猫<wbr><rp>（</rp><rt>ねこ</rt><rp>）</rp></ruby>寝る",
		);
	});
});

import { describe, expect, it } from "vitest";
import { headingPhrases, phrasesOf, titlePhrases } from "../../src/publish/phrases.ts";
import { built, post } from "./workspace.ts";

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

	it("are marked where spaces do not tell", () => {
		expect(titlePhrases("雲の上の猫", "ja")).toEqual(["雲の", "上の", "猫"]);
		expect(titlePhrases("猫", "ja")).toEqual([]);
		expect(titlePhrases("The cat", "en")).toEqual([]);
		expect(headingPhrases(["雲の上の猫", "𠮷野家の猫"], "ja-JP")).toEqual([
			[2, 2, 1],
			[4, 1],
		]);
		expect(headingPhrases(["The cat"], "en")).toEqual([]);
	});

	it("are found when the content is built", async () => {
		const { posts } = await built({
			"posts/x.md": post("title: 雲の上の猫\nlang: ja", "## {猫|ねこ}が**鳴く**\n\n## Two\n"),
		});
		expect(posts[0]?.phrases).toEqual(["雲の", "上の", "猫"]);
		expect(posts[0]?.headingPhrases).toEqual([[2, 2], [3]]);
	});
});

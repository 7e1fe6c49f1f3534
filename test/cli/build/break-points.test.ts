import { describe, expect, it } from "vitest";
import { headingPhraseLengths, splitPhrases, splitTitle } from "../../../src/build/break-points.ts";
import { buildFiles, post } from "../../support/workspace.ts";

describe("phrases", () => {
	it.each([
		["ja", "今日は天気が良いので散歩に行きます。", ["今日は", "天気が", "良いので", "散歩に", "行きます。"]],
		["zh", "我们今天看书。", ["我们", "今天", "看书。"]],
		["ko", "고양이는 오늘도 잔다", ["고양이는 ", "오늘도 ", "잔다"]],
		["en", "The cat sits", ["The ", "cat ", "sits"]],
	])("are split in %s", (lang, text, phrases) => {
		expect(splitPhrases(text, lang)).toEqual(phrases);
		expect(phrases.join("")).toBe(text);
	});

	it("are returned for languages that do not break at spaces", () => {
		expect(splitTitle("雲の上の猫", "ja")).toEqual(["雲の", "上の", "猫"]);
		expect(splitTitle("猫", "ja")).toEqual([]);
		expect(splitTitle("The cat", "en")).toEqual([]);
		expect(headingPhraseLengths(["雲の上の猫", "𠮷野家の猫"], "ja-JP")).toEqual([
			[2, 2, 1],
			[4, 1],
		]);
		expect(headingPhraseLengths(["The cat"], "en")).toEqual([]);
	});

	it("are computed by the build", async () => {
		const { posts } = await buildFiles({
			"posts/x.md": post("title: 雲の上の猫\nlang: ja", "## {猫|ねこ}が**鳴く**\n\n## Two\n"),
		});
		expect(posts[0]?.phrases).toEqual(["雲の", "上の", "猫"]);
		expect(posts[0]?.html).toContain("<rt>ねこ</rt><rp>）</rp></ruby>が<wbr><strong>鳴く</strong>");
	});
});

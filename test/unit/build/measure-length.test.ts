import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureLength } from "../../../src/build/measure-length.ts";
import { readingMinutes } from "../../../src/posts/length.ts";

describe("the length of a text", () => {
	it.each([
		["One, two; three's a crowd.", { characters: 0, words: 5 }],
		["吾輩は猫である。", { characters: 7, words: 0 }],
		["고양이는 잔다.", { characters: 6, words: 0 }],
		["ＡＷＳの Cloud を 2024 年に。", { characters: 7, words: 2 }],
		["", { characters: 0, words: 0 }],
	])("counts %j", (text, length) => {
		expect(measureLength(text)).toEqual(length);
	});

	it("has the words that UAX #29 finds", () => {
		const segmenter = new Intl.Segmenter("en", { granularity: "word" });
		const part = fc.constantFrom(..."aZé1_0'’.:,; -·\"“”—…ªß×÷½²³¼\n", "__", "ab", "12", "e\u0301", "я");
		fc.assert(
			fc.property(fc.string({ unit: part, maxLength: 12 }), (text) => {
				const words = Array.from(segmenter.segment(text)).filter(({ isWordLike }) => isWordLike);
				expect(measureLength(text).words).toBe(words.length);
			}),
			{ numRuns: 2000 },
		);
	});

	it("is converted to reading time of at least one minute", () => {
		expect(readingMinutes({ characters: 0, words: 0 })).toBe(1);
		expect(readingMinutes({ characters: 5000, words: 0 })).toBe(10);
		expect(readingMinutes({ characters: 0, words: 2300 })).toBe(10);
		expect(readingMinutes({ characters: 500, words: 230 })).toBe(2);
	});
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectLanguage, isOfPage } from "../../../src/comments/language.ts";
import { scriptOf, scriptOfLanguage, scriptShares } from "../../../src/text/scripts.ts";
import { codePoint } from "../../support/arbitraries.ts";

/** A word or sentence of each language, in its own script only. */
const samples = {
	ja: ["猫が好きです", "よい記事をありがとうございました", "コーヒー", "わたしもそう思います"],
	ko: ["좋은 글 감사합니다", "고양이를 좋아해요"],
	"und-Latn": ["Thank you for this post", "Gràcies, élan, straße", "Cảm ơn bạn rất nhiều"],
	"und-Cyrl": ["Спасибо за статью", "Дякую за пост"],
	"und-Arab": ["شكرا على المقال", "از پست شما ممنونم", "مضمون کے لیے شکریہ"],
	"und-Hebr": ["תודה על הפוסט הזה"],
	"und-Grek": ["Ευχαριστώ για το άρθρο"],
	"und-Deva": ["इस लेख के लिए धन्यवाद"],
	"und-Thai": ["ขอบคุณสำหรับบทความ"],
	"und-Taml": ["கட்டுரைக்கு நன்றி"],
	"und-Geor": ["მადლობა სტატიისთვის"],
	"und-Armn": ["Շնորհակալություն հոդվածի համար"],
	"und-Khmr": ["អរគុណសម្រាប់អត្ថបទ"],
} as const;

const languages = Object.keys(samples) as (keyof typeof samples)[];
const noise = [
	"http://ja.example/",
	"https://example.com/a/long/path/of/many/letters?q=1",
	"name@example.com",
	"`const letters = 1`",
	"1,234",
	"😀",
	"!?",
	"\n```ts\nexport const a = b;\n```\n",
];
const otherWords = ["かわいい", "猫", "고양이", "cat", "кот", "قطة", "חתול"];

describe("the language of a comment", () => {
	it.each(languages)("is found in text of one script: %s", (language) => {
		for (const text of samples[language]) expect(detectLanguage(text), text).toBe(language);
	});

	it("stays the same with one word of another script, and with addresses, code and signs", () => {
		const long = languages.flatMap((language) =>
			samples[language].map((text) => ({ language, text: `${text} ${text} ${text} ${text}` })),
		);
		fc.assert(
			fc.property(
				fc.constantFrom(...long),
				fc.constantFrom(...otherWords),
				fc.array(fc.constantFrom(...noise), { maxLength: 4 }),
				({ language, text }, word, around) => {
					expect(detectLanguage(`${word} ${text}\n${around.join(" ")}`)).toBe(language);
					expect(detectLanguage(`${around.join(" \n")}\n${text} ${word}`)).toBe(language);
				},
			),
			{ numRuns: 1000 },
		);
	});

	it.each([
		["Cloudflare Workers と D1 の組み合わせ、いいですね", "ja"],
		["useEffect の中で fetch すると二回呼ばれるのはなぜでしょうか", "ja"],
		["iPhone에서 댓글을 남깁니다", "ko"],
		["Thanks! The word 猫 (ねこ) made my day.", "und-Latn"],
		["Half of this is English とあと半分は日本 or so it seems to me", "und"],
		["Half is latin, это кириллица", "und"],
		["我喜欢の这个博客的文章内容", null],
		["完全同意", null],
		["😀 1, 2, 3!", null],
		["", null],
	])("of mixed or little text %j is %j", (text, language) => {
		expect(detectLanguage(text)).toBe(language);
	});

	it("is a valid tag, and shares add up to one, for any text", () => {
		fc.assert(
			fc.property(fc.string({ unit: codePoint, maxLength: 200 }), (text) => {
				const language = detectLanguage(text);
				if (language !== null) expect(Intl.getCanonicalLocales(language)).toEqual([language]);
				const shares = scriptShares(text);
				if (shares.length > 0) expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
				scriptOf(text);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe("a comment's own lang attribute", () => {
	it.each([
		["und-Latn", "en", true],
		["und-Latn", "pt-BR", true],
		["und-Latn", "ja", false],
		["und-Latn", "ru", false],
		["und-Cyrl", "uk", true],
		["und-Arab", "fa", true],
		["und-Arab", "ja", false],
		["und", "ja", false],
		["und", "en", true],
		["ja", "ja", true],
		["ja", "en", false],
		[null, "ja", true],
	])("of %s on a page in %s is left out: %s", (lang, page, isLeftOut) => {
		expect(isOfPage(lang, page)).toBe(isLeftOut);
	});
});

describe("the script of a language", () => {
	it.each([
		["en", "Latin"],
		["ja", "Japanese"],
		["zh-Hant", "Han"],
		["zh", "Han"],
		["ko", "Hangul"],
		["pa", "Gurmukhi"],
		["pa-Arab", "Arabic"],
		["ar-Latn", "Latin"],
		["sr", "Cyrillic"],
		["tlh", null],
	])("of %s is %s", (tag, script) => {
		expect(scriptOfLanguage(tag)).toBe(script);
	});
});

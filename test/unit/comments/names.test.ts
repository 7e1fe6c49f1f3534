import fc from "fast-check";
import lookalikes from "unhomoglyph/data.json" with { type: "json" };
import { describe, expect, it } from "vitest";
import { parseName } from "../../../src/comments/draft.ts";
import { isConfusable, nameSkeletons } from "../../../src/comments/names.ts";

const areConfusable = async (one: string, other: string) =>
	isConfusable(await nameSkeletons(one), await nameSkeletons(other));

describe("a name", () => {
	it.each([
		["Ann", "ANN", "capitals"],
		["Ann", "Ａｎｎ", "full width"],
		["ハナコ", "ﾊﾅｺ", "half width"],
		["ハナコ", "はなこ", "kana"],
		["ガヴ", "がゔ", "kana with marks"],
		["タカシ", "夕力シ", "kanji that look like kana"],
		["花 子", "花　子", "spaces of other widths"],
		["Ann Lee", "AnnLee", "no space"],
		["Ann", "A\u200bn\u2060n\u00ad\ufe0f", "invisible characters"],
		["Ann", "\u202eAnn\u202c", "characters that turn the direction"],
		["花子", "花\u3164子", "a filler that is seen as nothing"],
		["Ann", "Аnn", "a Cyrillic А"],
		["BOB", "BОB", "a Cyrillic О among capitals"],
		["Вова", "вова", "Cyrillic capitals"],
		["Bob", "Воb", "Cyrillic capitals in Latin"],
		["Νίκος", "νίκος", "Greek capitals"],
		["Alice", "AIice", "a capital I"],
		["Alice", "A1ice", "a one"],
		["Alice", "A|ice", "a bar"],
		["Tom", "T0m", "a nought"],
		["Tom", "Torn", "r and n"],
		["José", "Jose\u0301", "an accent on its own"],
		["Ann", "Ann ✓", "an ornament"],
		["Ann", "Ann.", "a full stop"],
		["Ann", "𝐀𝐧𝐧", "mathematical letters"],
		["★", "★", "nothing but ornaments"],
		["Ann", "A\ufff9n\ufffbn", "interlinear anchors"],
		["Ann", "A\u0640nn", "a stroke that widens"],
		["Ann", "An\u{16fe4}n", "a filler of another script"],
		["Mika", "M\u0335ika", "a letter struck through"],
		["花子", "花\u0336子", "kanji struck through"],
		["Mika", "M\u0300i\u05b0k\u20dda", "stray marks"],
		["Mika", "m\u0300ika", "a mark that another letter has"],
		["Łukasz", "L\u0338ukasz", "a bar drawn over"],
		["Mika", "🅼🅸🅺🅰", "letters in squares"],
		["Mika", "🄼🄸🄺🄰", "letters in open squares"],
		["Mika", "🅜🅘🅚🅐", "letters in filled circles"],
		["Mika", "ᴍɪᴋᴀ", "small capitals"],
		["Mika", "Міка", "a whole name in Cyrillic"],
		["Erik", "Eriк", "a Cyrillic к"],
		["Erik", "Eriĸ", "a kra"],
		["Tom", "ᴛoʍ", "turned letters"],
		["Paul", "Pauӏ", "a palochka"],
		["Ольга", "О\u0301льга", "a mark of stress"],
		["O'Neil", "Oʼneil", "a modifier letter"],
	])("is confusable with another: %s and %s (%s)", async (one, other) => {
		expect(await areConfusable(one, other)).toBe(true);
	});

	it.each([
		["Ann", "Anna"],
		["花子", "華子"],
		["さく", "さ"],
		["Ann", "Ánn"],
		["ian", "lan"],
		["★", "☆"],
		["か", "が"],
		["ハ", "バ"],
		["ハ", "パ"],
		["くろ", "ろ"],
		["สมชาย", "สมชัย"],
		["मीरा", "मारा"],
		["はな", "ばな"],
		["のの", "の"],
		["一", "二"],
		["山田", "山口"],
	])("is not confusable with another: %s and %s", async (one, other) => {
		expect(await areConfusable(one, other)).toBe(false);
	});
});

describe("a disguise", () => {
	const hidden = [
		"\u200b",
		"\u00ad",
		"\ufff9",
		"\u0640",
		"\u{16fe4}",
		"\u0335",
		"\u0338",
		"\u20dd",
		"\u034f",
		"\u{e0041}",
	];
	const shapes: Record<string, string[]> = {
		k: ["к", "ĸ", "ᴋ"],
		m: ["м", "ʍ", "ᴍ"],
		t: ["т", "ᴛ"],
		l: ["ӏ", "ʟ"],
	};
	for (const [one, look] of Object.entries(lookalikes)) {
		// Skips letters the table maps to several, and the palochka, which is read as l.
		if (/^[\p{L}\p{N}|]$/u.test(one) && one !== "ӏ") shapes[look] = [...(shapes[look] ?? []), one];
	}
	const name = fc.string({
		unit: fc.constantFrom(..."abcdefghiklmnoprstuvwxyzABEGHKLMOPRSTXYаеонсмктвпярАОСМКТ花子かハ"),
		minLength: 1,
		maxLength: 12,
	});
	const disguised = name.chain((original) =>
		fc
			.tuple(
				...[...original].map((letter) =>
					fc.tuple(fc.constantFrom(letter, ...(shapes[letter] ?? [])), fc.constantFrom("", "", ...hidden)),
				),
			)
			.map((parts) => ({ original, disguise: parts.flat().join("") })),
	);

	it("of look-alike letters and invisible characters is confusable with the original, or rejected", async () => {
		await fc.assert(
			fc.asyncProperty(disguised, async ({ original, disguise }) => {
				if ("error" in parseName(disguise)) return;
				expect(await areConfusable(original, disguise), `${original} ${disguise}`).toBe(true);
			}),
			{ numRuns: 3000 },
		);
	});
});

import { describe, expect, it } from "vitest";
import { nameKeys, sameName } from "../../src/comments/names.ts";

const same = async (one: string, other: string) => sameName(await nameKeys(one), await nameKeys(other));

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
	])("is one with another: %s and %s (%s)", async (one, other) => {
		expect(await same(one, other)).toBe(true);
	});

	it.each([
		["Ann", "Anna"],
		["花子", "華子"],
		["さく", "さ"],
		["Ann", "Ánn"],
		["ian", "lan"],
		["★", "☆"],
		["か", "が"],
		["はな", "ばな"],
		["のの", "の"],
		["一", "二"],
		["山田", "山口"],
	])("is not another: %s and %s", async (one, other) => {
		expect(await same(one, other)).toBe(false);
	});
});

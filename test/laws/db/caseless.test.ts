import { DatabaseSync } from "node:sqlite";
import { sql } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { containsWords } from "../../../src/db/caseless.ts";
import { spellingsOf } from "../../../src/moderation/queue.ts";
import { casedForms, toCaseless } from "../../../src/text/case.ts";

const database = new DatabaseSync(":memory:");
const dialect = new SQLiteSyncDialect();

/** Runs the search of words in a text on SQLite. */
function isFound(text: string, ...words: string[]): boolean {
	const query = dialect.sqlToQuery(
		sql`SELECT ${containsWords(sql`${text}`, words.map(spellingsOf))} AS found`,
	);
	const row = database.prepare(query.sql).get(...(query.params as string[]));
	return row?.found === 1;
}

/** No letter beyond has cases, in Unicode 17. */
const codes = Array.from({ length: 0x20000 }, (_, code) => code).filter(
	(code) => code < 0xd800 || code > 0xdfff,
);

describe("the fold of case", () => {
	it("makes every letter equal to its other cases, as Unicode does, and knows every form it folds", () => {
		const wrong = codes.filter((code) => {
			const letter = String.fromCodePoint(code);
			const folded = toCaseless(letter);
			if (folded === letter) return false;
			const isKnown = code < 0x80 || casedForms(folded).includes(letter);
			const isSame = new RegExp(`^\\u{${folded.codePointAt(0)?.toString(16)}}$`, "iu").test(letter);
			return !isKnown || (!isSame && letter !== "İ");
		});
		expect(wrong.map((code) => String.fromCodePoint(code))).toEqual([]);
	});

	it("is the same from either case, for every letter with one letter as its other case", () => {
		const wrong = codes
			.map((code) => String.fromCodePoint(code))
			.filter((letter) =>
				[letter.toUpperCase(), letter.toLowerCase()].some(
					(other) =>
						other !== letter &&
						[...other].length === 1 &&
						letter !== "ı" &&
						toCaseless(other) !== toCaseless(letter),
				),
			);
		expect(wrong).toEqual([]);
	});
});

describe("the search for words", () => {
	it.each([
		["Москвы не видно", "москвы"],
		["МОСКВЫ НЕ ВИДНО", "Москвы"],
		["Élan vital", "élan"],
		["élan".normalize("NFD"), "ÉLAN"],
		["ΟΔΟΣ", "οδος"],
		["οδός", "ΟΔΌΣ"],
		["Größe STRAẞE", "straße"],
		["İstanbul", "istanbul"],
		["ՀԱՅ", "հայ"],
		["ＣＡＴ と ﾈｺ", "cat"],
		["cat", "ＣＡＴ"],
		["𐐀𐐁", "𐐨"],
		["猫が好き", "猫"],
	])("of %s finds %s", (text, word) => {
		expect(isFound(text, word)).toBe(true);
		expect(isFound(text, `${word}x`)).toBe(false);
	});

	it("wants every word, in any case, and nothing else", () => {
		const letters = fc.constantFrom(..."aAéÉñÑжЖщЩσΣςωΩßẞğĞ猫ねա՝Ա-'\"%_".split(""));
		const word = fc.array(letters, { minLength: 1, maxLength: 5 }).map((all) => all.join(""));
		fc.assert(
			fc.property(
				fc.array(word, { maxLength: 6 }),
				fc.array(word, { minLength: 1, maxLength: 3 }),
				(text, words) => {
					const whole = toCaseless(text.join(" "));
					const expected = words.every((one) =>
						spellingsOf(one).some((each) => whole.includes(toCaseless(each))),
					);
					expect(isFound(text.join(" "), ...words)).toBe(expected);
				},
			),
			{ numRuns: 1000 },
		);
	});

	it("may be of every letter of several alphabets", () => {
		const words = [
			"абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
			"αβγδεζηθικλμνξοπρστυφχψω",
			"abcdefghijklmnopqrstuvwxyz",
			"àáâãäåæçèéêë",
			"աբգդեզէըթժ",
		];
		expect(isFound(words.join(" ").toUpperCase(), ...words.slice(0, 3))).toBe(true);
		expect(() => isFound("a", ...words)).not.toThrow();
	});
});

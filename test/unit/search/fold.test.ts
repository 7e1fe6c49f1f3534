import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, foldWithPlaces } from "../../../src/search/fold.ts";
import { stem } from "../../../src/search/stem.ts";
import { anyText } from "../../support/arbitraries.ts";

describe("fold", () => {
	it.each([
		["アジャイル", "ｱｼﾞｬｲﾙ", "あじゃいる"],
		["ヴァイオリン", "ｳﾞｧｲｵﾘﾝ", "ゔぁいおりん"],
		["が", "か\u3099"],
		["Azure", "ＡＺＵＲＥ", "azure"],
		["café", "cafe\u0301", "CAFÉ", "cafe"],
		["Straße", "STRASSE", "strasse"],
		["Encyclopædia", "encyclopaedia"],
		["ﬁbre", "fibre"],
		["Ørsted", "orsted"],
		["ΣΊΣΥΦΟΣ", "Σίσυφος", "σισυφοσ"],
		["İstanbul", "istanbul"],
		["Ёлка", "ёлка", "елка"],
		["㍻", "平成"],
		["①", "1"],
		["한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"],
		["so\u00adft", "soft"],
	])("makes %s and its other spellings equal", (...spellings) => {
		expect(new Set(spellings.map(fold)).size).toBe(1);
	});

	it.each([
		["は", "ば"],
		["は", "ぱ"],
		["やま", "やみ"],
		["กา", "กี"],
		["की", "का"],
	])("keeps %s and %s apart", (a, b) => {
		expect(fold(a)).not.toBe(fold(b));
	});

	it("is the same when it is done twice", () => {
		fc.assert(
			fc.property(anyText, (text) => {
				expect(fold(fold(text))).toBe(fold(text));
			}),
		);
	});
});

describe("foldWithPlaces", () => {
	it("keeps the place of each character, in order and within the text", () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const { folded, toOriginal } = foldWithPlaces(text);
				const places = Array.from(folded, (_, at) => toOriginal(at));
				expect(places).toEqual(places.toSorted((a, b) => a - b));
				expect(places.every((place) => place >= 0 && place <= text.length)).toBe(true);
				expect(toOriginal(folded.length)).toBe(text.length);
			}),
		);
	});

	it("has as many characters as the text where nothing moves", () => {
		const letters = Array.from({ length: 0xd800 }, (_, code) => String.fromCharCode(code));
		const moved = letters.filter((letter) => {
			const { folded, toOriginal } = foldWithPlaces(`${letter}x`);
			return folded !== fold(`${letter}x`) || toOriginal(folded.length - 1) !== 1;
		});
		expect(moved).toEqual([]);
	});

	it.each([
		["ﬁne ｱｼﾞｬｲﾙ開発", "開発", "開発"],
		["ﬁne ｱｼﾞｬｲﾙ開発", "あじゃいる", "ｱｼﾞｬｲﾙ"],
		["cafe\u0301 noir", "noir", "noir"],
		["Straße 𠮷野家", "𠮷野", "𠮷野"],
	])("finds in %s the place of %s", (text, wanted, original) => {
		const { folded, toOriginal } = foldWithPlaces(text);
		const at = folded.indexOf(wanted);
		expect(text.slice(toOriginal(at), toOriginal(at + wanted.length))).toBe(original);
	});
});

describe("stem", () => {
	it.each([
		["cache", "caches", "cached", "caching"],
		["colour", "color", "colours", "coloured", "coloring"],
		["organise", "organize", "organising", "organized", "organisation", "organization"],
		["centre", "center", "centres"],
		["analyse", "analyze", "analysed"],
		["catalogue", "catalog", "catalogues"],
		["defence", "defense"],
		["travelled", "traveled", "travelling", "travel"],
		["grey", "gray"],
		["fibre", "fiber", "fibres"],
		["harbour", "harbor", "harbours"],
		["query", "queries", "queried"],
	])("is the same for %s and its other forms", (...forms) => {
		expect(new Set(forms.map(stem)).size).toBe(1);
	});

	it.each([
		["our", "or"],
		["four", "for"],
		["hour", "hor"],
		["wise", "wize"],
		["this", "thiz"],
		["d1", "d"],
		["node", "no"],
	])("keeps %s and %s apart", (a, b) => {
		expect(stem(a)).not.toBe(stem(b));
	});
});

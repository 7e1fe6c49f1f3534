import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseQuery } from "../../../src/search/query.ts";
import { unitsOf } from "../../../src/search/units.ts";
import { anyText } from "../../support/arbitraries.ts";
import { searchOver } from "../../support/search.ts";

/** The words of a query as a reader would write them down. */
function read(typed: string): string {
	const { groups, excluded, terms, after, before, unreadable } = parseQuery(typed);
	const phrase = ({ text, quoted }: { text: string; quoted: boolean }) => (quoted ? `"${text}"` : text);
	return [
		...groups.map((group) => group.map(phrase).join("|")),
		...excluded.map((each) => `not ${phrase(each)}`),
		...terms.map(({ by, name, excluded }) => `${excluded ? "not " : ""}${by}=${name}`),
		...(after === null ? [] : [`from ${after}`]),
		...(before === null ? [] : [`before ${before}`]),
		...unreadable.map(({ key, value }) => `${key}? ${value}`),
	].join(", ");
}

describe("a query", () => {
	it.each([
		["cats and dogs", "cats, and, dogs"],
		['"two ledgers" cat', '"two ledgers", cat'],
		["“two ledgers”", '"two ledgers"'],
		["＂猫の手＂　犬", '"猫の手", 犬'],
		['"never closed', '"never closed"'],
		['猫"黒い"', '猫, "黒い"'],
		["cat -dog", "cat, not dog"],
		["cat －犬", "cat, not 犬"],
		["cat −dog", "cat, not dog"],
		['-"big dog"', 'not "big dog"'],
		["well-known", "well-known"],
		["cat OR dog", "cat|dog"],
		["猫　ＯＲ　犬", "猫|犬"],
		["猫 | 犬 | 鳥", "猫|犬|鳥"],
		["OR cat", "cat"],
		["cat OR", "cat"],
		["cat or dog", "cat, or, dog"],
		["cat OR -dog", "cat, not dog"],
		["tag:HTTP cat", "cat, tag=HTTP"],
		['Tag："two words"', "tag=two words"],
		["-category:雑記", "not category=雑記"],
		['author:"Tom Reyes"', "author=Tom Reyes"],
		["after:2024", "from 20240000"],
		["after:2024-5 before:2024-06-09", "from 20240500, before 20240609"],
		["after:2020 after:2024/05 猫", "猫, from 20240500"],
		["before:soon", "before? soon"],
		["before:2024-13", "before? 2024-13"],
		["tag: x", "tag:, x"],
		["http://x.example/", "http://x.example/"],
		["", ""],
		["- cat", "-, cat"],
		['"" cat', '"", cat'],
	])("%s means %s", (typed, meaning) => {
		expect(read(typed)).toBe(meaning);
	});
});

describe("the words of a query", () => {
	it.each([
		["Azureの料金", ["azure", "の料金"]],
		["node.js", ["node", "js"]],
		["C++", ["c++"]],
		["C#", ["c#"]],
		["cat’s don't", ["cat", "dont"]],
		["第3回", ["第", "3", "回"]],
		["𠮷野家", ["𠮷野家"]],
		["클라우드", ["클라우드"]],
		["…!?。", []],
	])("of %s are %j", (text, words) => {
		expect(unitsOf({ text, quoted: false }).map((unit) => unit.text)).toEqual(words);
	});

	it.each([
		["猫", ["猫"]],
		["猫と犬", ["猫", "犬"]],
		["東京の料金", ["東京", "料金"]],
		["店主に話すキャッシュ", ["店主", "話す", "きゃっしゅ"]],
		["あじゃいる", ["あじゃいる"]],
		["アジャイル", ["あじゃいる"]],
		["使い方", ["使い方"]],
	])("in the run %s have the parts %j", (text, parts) => {
		const [unit] = unitsOf({ text, quoted: false });
		expect(unit?.parts.flatMap((part) => part.split(/(?<=話す)/))).toEqual(parts);
	});
});

describe("a search", () => {
	const { find } = searchOver([
		{ slug: "a", title: "Cats 猫", text: "The cat sat on the mat. 猫は眠い。\nEdge of the cloud." },
		{
			slug: "b",
			title: "犬",
			lang: "ja",
			text: "犬と猫。アジャイル開発。",
			tags: [{ name: "Two words", slug: "two-words" }],
		},
	]);
	const parts = fc.oneof(
		anyText,
		fc.constantFrom(
			...[
				'"',
				"-",
				"OR",
				"|",
				"tag:",
				"category:x",
				"author:",
				"after:",
				"before:2024",
				":",
				"“",
				"　",
				"猫",
				"ｱｼﾞｬｲﾙ",
			],
			...[
				"cat",
				"edge",
				"of",
				"c#",
				"the",
				"(",
				"[",
				"\\",
				"*",
				"+",
				"c++",
				"^",
				"$",
				"𠮷",
				"\ud800",
				"ﾞ",
				"e\u0301",
			],
		),
	);

	it("never throws, whatever is typed, and finds a whole number of results", async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.tuple(parts, fc.constantFrom("", " "))), async (typed) => {
				const query = typed.flat().join("").slice(0, 200);
				const { total, results, pages } = await find(query);
				expect(results.length).toBe(Math.min(10, total));
				expect(pages).toBe(1);
				for (const { title, entry } of results)
					expect(title.map(({ text }) => text).join("")).toBe(entry.title);
			}),
			{ numRuns: 1000 },
		);
	});
});

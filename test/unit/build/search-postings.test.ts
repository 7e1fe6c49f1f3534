import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexTerms, type TermIndex } from "../../../src/build/search-postings.ts";
import { listWords, type WordLists } from "../../../src/build/search-words.ts";
import type { DocumentTerms } from "../../../src/search/document.ts";
import { hashTerm } from "../../../src/search/hash.ts";
import { readWords } from "../../../src/search/spelling.ts";

/** A document of the words `wa`, `wb`, …, with a level for each. */
function documentOf(words: Iterable<number>, level = 0): DocumentTerms {
	const levels = new Map(Array.from(words, (word) => [hashTerm(spell(word)), (word + level) % 8]));
	const hashes = Uint32Array.from(levels.keys()).sort();
	return {
		hashes,
		levels: Uint8Array.from(hashes, (hash) => levels.get(hash) ?? 0),
		words: Array.from(new Set(words), spell),
	};
}

const spell = (word: number) =>
	`w${Array.from(String(word), (digit) => "abcdefghij".charAt(Number(digit))).join("")}`;

/** Documents of so many words of a vocabulary, the first words oftener. */
const documents = (count: number, words: number, vocabulary: number) =>
	Array.from({ length: count }, (_, at) =>
		documentOf(
			Array.from({ length: words }, (_, each) =>
				each < words / 4 ? (at + each) % 40 : ((at * words + each) * 7919) % vocabulary,
			),
		),
	);

const word = fc.nat(2500);
const edit = fc.oneof(
	fc.record({ kind: fc.constant("change" as const), at: fc.nat(), words: fc.array(word), level: fc.nat(7) }),
	fc.record({ kind: fc.constant("add" as const), at: fc.nat(), words: fc.array(word), level: fc.nat(7) }),
	fc.record({ kind: fc.constant("append" as const), at: fc.nat(), words: fc.array(word), level: fc.nat(7) }),
	fc.record({ kind: fc.constant("remove" as const), at: fc.nat(), words: fc.constant([]), level: fc.nat(7) }),
);

describe("the index after an edit", () => {
	const start = documents(60, 60, 2003);
	const [terms, words] = [indexTerms(start, null), listWords(start, null, 1500)];

	it("is changed in place only with terms enough to count them by their buckets", () => {
		expect(terms.sizes.hashBits).toBeGreaterThanOrEqual(24);
	});

	it("has the bytes of one that is built at once", () => {
		fc.assert(
			fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
				let current = start;
				let index: TermIndex = terms;
				let lists: WordLists = { ...words, counts: new Map(words.counts) };
				for (const { kind, at, words: own, level } of edits) {
					const place = kind === "append" ? current.length : at % current.length;
					const added = kind === "remove" ? [] : [documentOf(own, level)];
					current = current.toSpliced(place, kind === "change" || kind === "remove" ? 1 : 0, ...added);
					index = indexTerms(current, index);
					lists = listWords(current, lists, 1500);
				}
				const { documents: _, ...rest } = index;
				expect(rest).toEqual(withoutDocuments(indexTerms(current, null)));
				expect(lists.files).toEqual(listWords(current, null, 1500).files);
			}),
			{ numRuns: 100 },
		);
	});

	it("is written anew in the shards of the changed terms only", () => {
		const before = documents(100, 1500, 90_000);
		const first = indexTerms(before, null);
		const changed = before.with(40, documentOf([...Array(20).keys()].map((each) => 100_000 + each)));
		const second = indexTerms(changed.with(40, before[40] ?? documentOf([])), first);
		expect(second.shards.every((shard, at) => shard === first.shards[at])).toBe(true);

		const little = before.with(40, addTo(before[40] ?? documentOf([]), 123_456));
		const third = indexTerms(little, first);
		expect(third.shards.filter((shard, at) => shard !== first.shards[at])).toHaveLength(1);
	});

	it("leaves out words of few documents when the lists would be too long", () => {
		const [rare, common] = [spell(777_777), spell(888_888)];
		const many = documents(40, 200, 90_000);
		const all = [...many, documentOf([777_777, 888_888]), documentOf([888_888])];
		const listed = (limit: number) =>
			new Set(listWords(all, null, limit).files.flatMap(({ text }) => [...readWords(text)]));
		expect(listed(64_000)).toContain(rare);
		expect(listed(40)).not.toContain(rare);
		expect(Math.max(...listWords(all, null, 40).files.map(({ bytes }) => bytes.length))).toBeLessThanOrEqual(
			40,
		);
		expect(listed(400)).toContain(common);
	});
});

function withoutDocuments({ documents: _, ...rest }: TermIndex) {
	return rest;
}

/** Returns a document with one word more. */
function addTo({ hashes, levels, words }: DocumentTerms, word: number): DocumentTerms {
	const own = hashTerm(spell(word));
	const at = hashes.findIndex((hash) => hash > own);
	return {
		hashes: Uint32Array.from([...hashes].toSpliced(at, 0, own)),
		levels: Uint8Array.from([...levels].toSpliced(at, 0, 3)),
		words: [...words, spell(word)],
	};
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexTerms } from "../../../src/build/search-postings.ts";
import { createBitReader, createBitWriter } from "../../../src/search/bits.ts";
import type { DocumentTerms } from "../../../src/search/document.ts";
import { hashRun, hashTerm } from "../../../src/search/hash.ts";
import { maxShard, readPostings, shardOf, type TermTable } from "../../../src/search/postings.ts";
import { isNear, listsOf, readWords, writeWords } from "../../../src/search/spelling.ts";

describe("the bit codes", () => {
	it("read what was written", () => {
		const item = fc.oneof(
			fc.record({ code: fc.constant("unary" as const), value: fc.nat(200), most: fc.constantFrom(7, 1000) }),
			fc.record({
				code: fc.constant("gamma" as const),
				value: fc.integer({ min: 1, max: 2 ** 30 }),
				most: fc.constant(0),
			}),
			fc.record({
				code: fc.constant("rice" as const),
				value: fc.nat(100_000),
				most: fc.integer({ min: 9, max: 24 }),
			}),
		);
		fc.assert(
			fc.property(fc.array(item), (items) => {
				const writer = createBitWriter();
				for (const { code, value, most } of items) {
					if (code === "gamma") writer.gamma(value);
					else writer[code](value, most);
				}
				const reader = createBitReader(writer.take(), 0);
				for (const { code, value, most } of items) {
					const read = code === "gamma" ? reader.gamma() : reader[code](most);
					expect(read).toBe(code === "unary" ? Math.min(value, most) : value);
				}
			}),
		);
	});
});

describe("the hashes of a run", () => {
	it("are those of its characters and of their pairs", () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(..."猫ｶ𠮷e가", "\uD842") }), (run) => {
				const hashes: number[] = [];
				hashRun(run, (hash) => hashes.push(hash));
				const all = Array.from(run);
				expect(hashes).toEqual(
					all.flatMap((character, at) => [
						hashTerm(character),
						...(at === 0 ? [] : [hashTerm(`${all[at - 1]}${character}`)]),
					]),
				);
			}),
		);
	});
});

/** Makes documents of the terms `0`, `1`, … with a level for each. */
const documentsOf = (terms: readonly (readonly number[])[]) =>
	terms.map((own) => {
		const levels = new Map(own.map((term) => [hashTerm(String(term)), term % 8]));
		const hashes = Uint32Array.from(levels.keys()).sort();
		return { hashes, levels: Uint8Array.from(hashes, (hash) => levels.get(hash) ?? 0), words: [] };
	});

function write(documents: readonly DocumentTerms[]): { files: Uint8Array[]; table: TermTable } {
	const { sizes, shards } = indexTerms(documents, null);
	return {
		files: shards.map(({ bytes }) => bytes),
		table: { ...sizes, shards: shards.map(({ first }) => first) },
	};
}

describe("the term index", () => {
	it("has the postings of every term, and none of any other", () => {
		fc.assert(
			fc.property(
				fc.array(fc.uniqueArray(fc.nat(300)), { minLength: 1, maxLength: 40 }),
				fc.nat(40),
				(terms, end) => {
					const documents = documentsOf(terms);
					const { files, table } = write(documents);
					for (let term = 0; term <= 300; term++) {
						const hash = hashTerm(String(term));
						const found = readPostings(files[shardOf(hash, table)] ?? new Uint8Array(), hash, table, end);
						const expected = terms.flatMap((own, at) => (own.includes(term) && at < end ? [at] : []));
						expect(found?.entries ?? []).toEqual(expected);
						expect(found?.levels ?? []).toEqual(expected.map(() => term % 8));
					}
				},
			),
			{ numRuns: 30 },
		);
	});

	it("is split into shards of at most 64 KB, each term in one", () => {
		const terms = Array.from({ length: 400 }, (_, at) =>
			Array.from({ length: 1200 }, (_, each) =>
				each < 200 ? each : 1000 + ((at * 7919 + each * 104_729) % 90_000),
			),
		);
		const documents = documentsOf(terms.map((own) => [...new Set(own)]));
		const { files, table } = write(documents);
		expect(files.length).toBe(table.shards.length);
		expect(files.length).toBeGreaterThan(5);
		expect(Math.max(...files.map(({ length }) => length))).toBeLessThanOrEqual(maxShard);
		for (const term of [0, 17, 199, ...(terms[9] ?? []).slice(300, 320)]) {
			const hash = hashTerm(String(term));
			const found = readPostings(files[shardOf(hash, table)] ?? new Uint8Array(), hash, table, 400);
			expect(found?.entries).toEqual(terms.flatMap((own, at) => (own.includes(term) ? [at] : [])));
		}
	});
});

/** A word and the same with one letter changed, left out, added, or swapped with its neighbour. */
const misspelt = fc
	.tuple(
		fc.string({ unit: fc.constantFrom(..."abcdefgh"), minLength: 5, maxLength: 12 }),
		fc.nat(11),
		fc.constantFrom(..."abcxyz"),
	)
	.chain(([word, place, letter]) => {
		const at = place % word.length;
		const [before, own, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
		return fc
			.constantFrom(
				before + letter + after,
				before + after,
				before + letter + own + after,
				before + after.slice(0, 1) + own + after.slice(1),
			)
			.map((wrong) => [word, wrong] as const);
	});

describe("the word lists", () => {
	it("have every word that was written", () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.string({ unit: fc.constantFrom(..."abü𠮷"), minLength: 1 })), (words) => {
				expect([...readWords(writeWords(words.toSorted()))]).toEqual(words.toSorted());
			}),
		);
	});

	it("have a word in one of the lists that are read for it with a letter wrong", () => {
		fc.assert(
			fc.property(misspelt, fc.constantFrom(1, 2, 8, 64), ([word, wrong], lists) => {
				fc.pre(wrong !== word && wrong.length >= 5);
				expect(isNear(word, wrong)).toBe(true);
				expect(listsOf(wrong, lists).some((list) => listsOf(word, lists).includes(list))).toBe(true);
				expect(listsOf(wrong, lists).length).toBeLessThanOrEqual(2);
			}),
		);
	});

	it.each([
		["cache", "cache"],
		["cache", "cachexx"],
		["cache", "ceach"],
		["cache", "bathe"],
	])("have nothing near %s in %s", (a, b) => expect(isNear(a, b)).toBe(false));
});

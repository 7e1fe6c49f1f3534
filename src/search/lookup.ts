import type { Postings } from "./bucket.ts";
import { hashTerm } from "./hash.ts";
import { readPostings, shardOf, type TermTable } from "./postings.ts";
import { isNear, listsOf, readWords } from "./spelling.ts";
import { stem } from "./stem.ts";
import type { Unit } from "./units.ts";

/** Reads the files of the index. Rejects while one cannot be read. */
export type IndexReader = {
	terms(shard: number): Promise<Uint8Array>;
	words(list: number): Promise<string>;
	texts(chunk: number): Promise<Uint8Array>;
};

/** The shape of the index, which the Worker knows without reading it. */
export type IndexShape = TermTable & { lists: number };

/** Files of the index that one query reads, whatever the size of the blog. */
export const maxReads = 6;

/** Fewest entries with a word for which no other spelling is looked up. */
const enough = 3;

/** Other spellings of one word. */
const maxSpellings = 4;

/** Postings of the terms that were looked up, by hash; null for a term that no public entry has. */
export type FoundTerms = ReadonlyMap<number, Postings | null>;

/**
 * Looks up the terms of a query within the limit of reads: of each unit the first term, then the second and so on. For a
 * word that few entries have, words that differ in one letter are added to the unit. Entries from `end` are not public.
 */
export async function lookUp(
	wanted: readonly Unit[],
	excluded: readonly Unit[],
	shape: IndexShape,
	reader: IndexReader,
	end: number,
): Promise<FoundTerms> {
	const found = new Map<number, Postings | null>();
	const open = new Map<number, Promise<Uint8Array>>();
	let listsRead = 0;

	/** Reads the postings of terms, as far as their files may be read. */
	async function read(hashes: readonly number[], limit: number): Promise<void> {
		const reading = hashes.flatMap((hash) => {
			const shard = shardOf(hash, shape);
			if (!open.has(shard) && open.size + listsRead >= limit) return [];
			const bytes = open.get(shard) ?? reader.terms(shard);
			open.set(shard, bytes);
			return found.has(hash) ? [] : [{ hash, bytes }];
		});
		for (const { hash, bytes } of reading) found.set(hash, readPostings(await bytes, hash, shape, end));
	}

	const order = termOrder(wanted, excluded);
	const doubtful = wanted.filter((unit) => unit.mayBeMisspelt);
	// One more than the lists, for what is found in them.
	const reserved = doubtful.length === 0 ? 0 : Math.min(2, shape.lists) + 1;
	await read(order, maxReads - reserved);
	for (const unit of doubtful) {
		const hash = unit.terms[0]?.hash ?? 0;
		if (!found.has(hash) || (found.get(hash)?.entries.length ?? 0) >= enough) continue;
		const lists = listsOf(unit.text, shape.lists);
		if (open.size + listsRead + lists.length > maxReads) break;
		listsRead += lists.length;
		const near = await nearWords(unit.text, await Promise.all(lists.map((list) => reader.words(list))));
		const stems = [...new Set(near.map(stem))].filter((each) => each !== unit.stems[0]);
		await read(
			stems.map((each) => hashTerm(each)),
			maxReads,
		);
		unit.stems.push(...stems.filter((each) => found.get(hashTerm(each)) != null).slice(0, maxSpellings));
	}
	await read(order, maxReads);
	return found;
}

/** Returns the terms in the order of their use. */
function termOrder(wanted: readonly Unit[], excluded: readonly Unit[]): number[] {
	const longest = Math.max(0, ...[...wanted, ...excluded].map(({ terms }) => terms.length));
	// A long word says more than a short one.
	const units = wanted.toSorted((a, b) => b.text.length - a.text.length);
	return Array.from({ length: longest }, (_, at) =>
		[...units, ...excluded].flatMap(({ terms }) => terms[at]?.hash ?? []),
	).flat();
}

/** Returns the listed words that differ from a word in one letter; those with the same beginning first. */
async function nearWords(word: string, lists: readonly string[]): Promise<string[]> {
	const near = new Set<string>();
	for (const list of lists) for (const each of readWords(list)) if (isNear(word, each)) near.add(each);
	return [...near].sort((a, b) => Number(b[0] === word[0]) - Number(a[0] === word[0]));
}

import type { DocumentTerms } from "../search/document.ts";
import type { IndexedTerm } from "../search/postings.ts";

/** Postings sorted at once, about: as many as fit the cache of a processor. */
const partPostings = 2 ** 17;

/** A hash is sorted by its lowest bits, then by the ones above, then by the highest. */
const digitBits = 11;
const digitMask = 2 ** digitBits - 1;

/** Yields all terms of the documents in the order of their hashes. */
export function* sortTerms(documents: readonly DocumentTerms[]): Generator<IndexedTerm> {
	const postings = documents.reduce((sum, { hashes }) => sum + hashes.length, 0);
	const parts = Math.ceil(postings / partPostings);
	const positions = new Uint32Array(documents.length);
	for (let part = 1; part <= parts; part++) {
		const above = part === parts ? 2 ** 32 : Math.floor((part * 2 ** 32) / parts);
		const ends = documents.map(({ hashes }, at) => firstAtOrAbove(hashes, above, positions[at] ?? 0));
		const size = ends.reduce((sum, end, at) => sum + end - (positions[at] ?? 0), 0);
		const keys = new Uint32Array(size);
		const entries = new Uint32Array(size);
		const levels = new Uint8Array(size);
		let filled = 0;
		for (const [entry, document] of documents.entries()) {
			const [start = 0, end = 0] = [positions[entry], ends[entry]];
			keys.set(document.hashes.subarray(start, end), filled);
			levels.set(document.levels.subarray(start, end), filled);
			filled += end - start;
			entries.fill(entry, filled - (end - start), filled);
			positions[entry] = end;
		}
		yield* groupByKey(keys, entries, levels);
	}
}

/** Counts the terms of the documents; a few that have nearly the same hash are counted as one. */
export function countTerms(documents: readonly DocumentTerms[]): number {
	const seen = new Uint8Array(2 ** 24);
	let count = 0;
	for (const { hashes } of documents) {
		for (const hash of hashes) {
			if (seen[hash >>> 8] === 1) continue;
			seen[hash >>> 8] = 1;
			count++;
		}
	}
	return count;
}

function* groupByKey(keys: Uint32Array, entries: Uint32Array, levels: Uint8Array): Generator<IndexedTerm> {
	const order = [0, digitBits, 2 * digitBits].reduce<Uint32Array | null>(
		(sorted, shift) => sortByDigit(sorted, keys, shift),
		null,
	);
	if (order === null) return;
	const [sortedEntries, sortedLevels] = [new Uint32Array(keys.length), new Uint8Array(keys.length)];
	for (const [at, from] of order.entries()) {
		sortedEntries[at] = entries[from] ?? 0;
		sortedLevels[at] = levels[from] ?? 0;
	}
	for (let start = 0; start < order.length; ) {
		const hash = keys[order[start] ?? 0] ?? 0;
		let end = start + 1;
		while (end < order.length && keys[order[end] ?? 0] === hash) end++;
		yield { hash, entries: sortedEntries.subarray(start, end), levels: sortedLevels.subarray(start, end) };
		start = end;
	}
}

/** Sorts positions by some bits of their keys; equal ones stay in order (a radix sort). */
function sortByDigit(order: Uint32Array | null, keys: Uint32Array, shift: number): Uint32Array {
	const starts = new Uint32Array(digitMask + 2);
	for (const key of keys) {
		const digit = ((key >>> shift) & digitMask) + 1;
		starts[digit] = (starts[digit] ?? 0) + 1;
	}
	for (let digit = 1; digit < starts.length; digit++)
		starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
	const sorted = new Uint32Array(keys.length);
	for (let at = 0; at < keys.length; at++) {
		const from = order === null ? at : (order[at] ?? 0);
		const digit = ((keys[from] ?? 0) >>> shift) & digitMask;
		const to = starts[digit] ?? 0;
		sorted[to] = from;
		starts[digit] = to + 1;
	}
	return sorted;
}

function firstAtOrAbove(sorted: Uint32Array, value: number, from: number): number {
	let [low, high] = [from, sorted.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sorted[middle] ?? 0) < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

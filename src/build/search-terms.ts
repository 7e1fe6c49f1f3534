import type { DocumentTerms } from "../search/document.ts";

/** A term by its hash, the numbers of the documents that have it, in order, and its level in each. */
export type IndexedTerm = { hash: number; entries: Uint32Array; levels: Uint8Array };

/** Postings sorted at once, about: as many as fit the cache of a processor. */
const partPostings = 2 ** 18;

/** A hash is sorted by its lowest bits, then by the ones above, then by the highest. */
const digitBits = 11;
const digitMask = 2 ** digitBits - 1;

/** Yields all terms of the documents in the order of their hashes. */
export function* sortTerms(documents: readonly DocumentTerms[]): Generator<IndexedTerm> {
	const postings = documents.reduce((sum, { hashes }) => sum + hashes.length, 0);
	const parts = Math.ceil(postings / partPostings);
	const positions = new Uint32Array(documents.length);
	const room = { keys: new Uint32Array(0), entries: new Uint32Array(0), levels: new Uint8Array(0) };
	for (let part = 1; part <= parts; part++) {
		const above = part === parts ? 2 ** 32 : Math.floor((part * 2 ** 32) / parts);
		let size = 0;
		for (let entry = 0; entry < documents.length; entry++) {
			const document = documents[entry];
			if (document === undefined) continue;
			const { hashes, levels } = document;
			let at = positions[entry] ?? 0;
			for (; at < hashes.length; at++) {
				const hash = hashes[at] ?? 0;
				if (hash >= above) break;
				if (size === room.keys.length) enlarge(room);
				room.keys[size] = hash;
				room.entries[size] = entry;
				room.levels[size] = levels[at] ?? 0;
				size++;
			}
			positions[entry] = at;
		}
		yield* groupByKey(
			room.keys.subarray(0, size),
			room.entries.subarray(0, size),
			room.levels.subarray(0, size),
		);
	}
}

function enlarge(room: { keys: Uint32Array; entries: Uint32Array; levels: Uint8Array }): void {
	const length = Math.max(1024, room.keys.length * 2);
	const larger = <A extends Uint32Array | Uint8Array>(array: A, empty: A): A => {
		empty.set(array);
		return empty;
	};
	room.keys = larger(room.keys, new Uint32Array(length));
	room.entries = larger(room.entries, new Uint32Array(length));
	room.levels = larger(room.levels, new Uint8Array(length));
}

function* groupByKey(keys: Uint32Array, entries: Uint32Array, levels: Uint8Array): Generator<IndexedTerm> {
	const order = [0, digitBits, 2 * digitBits].reduce<Uint32Array | null>(
		(sorted, shift) => sortByDigit(sorted, keys, shift),
		null,
	);
	if (order === null) return;
	const [sortedEntries, sortedLevels] = [new Uint32Array(keys.length), new Uint8Array(keys.length)];
	for (let at = 0; at < order.length; at++) {
		const from = order[at] ?? 0;
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

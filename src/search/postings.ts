import { createBitReader, createBitWriter, riceParameter } from "./bits.ts";

/**
 * The shape of the term index: terms are hashes, sorted into buckets by their highest bits, and whole buckets are packed
 * into shards. A shard is a static asset: the offsets of its buckets (16 bits each), then the buckets. A bucket has its terms
 * with their postings, coded in bits; nothing but the hash tells a term.
 */
export type TermTable = {
	/** Entries in the index; postings name them by number. */
	entries: number;
	/** Bits of a term's hash that are kept: enough to tell the terms apart, and one unknown in 16,000 from all of them. */
	hashBits: number;
	bucketBits: number;
	/** First bucket of each shard. */
	shards: readonly number[];
};

/** The entries with a term in ascending order, and its level in each. */
export type Postings = { entries: number[]; levels: number[] };

/** A term of the index by its hash, with its postings. */
export type IndexedTerm = { hash: number; entries: ArrayLike<number>; levels: ArrayLike<number> };

/** Largest level, see `levels.ts`. */
const maxLevel = 7;

/** Bytes of a shard. */
export const maxShard = 64 * 1024;

/** Postings of one term: a list must fit a shard. The newest entries have the highest numbers. */
const maxPostings = 60_000;

/** Terms in an ordinary bucket. */
const bucketSize = 16;

/** Writes terms, given in the order of their hashes, as shards. */
export function writeTerms(
	terms: Iterable<IndexedTerm>,
	count: number,
	entries: number,
): TermTable & { files: Uint8Array[] } {
	const countBits = Math.ceil(Math.log2(Math.max(bucketSize, count)));
	const hashBits = Math.min(32, countBits + 14);
	const bucketBits = countBits - Math.log2(bucketSize);
	const shards: number[] = [];
	const files: Uint8Array[] = [];
	let open: Uint8Array[] = [];
	let size = 0;
	const close = () => {
		if (open.length > 0) files.push(concatenate(open));
		open = [];
		size = 0;
	};
	const place = (bucket: Uint8Array, number: number) => {
		if (open.length === 0 || size + bucket.length + 2 > maxShard) {
			close();
			shards.push(number);
		}
		open.push(bucket);
		size += bucket.length + 2;
	};
	let number = 0;
	let bucket: IndexedTerm[] = [];
	const writer = createBitWriter();
	for (const term of terms) {
		const own = truncate(term.hash, bucketBits);
		for (; number < own; number++) {
			place(writeBucket(writer, bucket, hashBits, bucketBits, entries), number);
			bucket = [];
		}
		bucket.push(term);
	}
	for (; number < 2 ** bucketBits; number++) {
		place(writeBucket(writer, bucket, hashBits, bucketBits, entries), number);
		bucket = [];
	}
	close();
	return { entries, hashBits, bucketBits, shards, files };
}

/** Returns the number of the shard that has a term if any does. */
export function shardOf(hash: number, { bucketBits, shards }: TermTable): number {
	const bucket = truncate(hash, bucketBits);
	let [low, high] = [0, shards.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((shards[middle] ?? 0) <= bucket) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}

/** Reads a term's postings from its shard, up to the entry with the number `end`; null without any. */
export function readPostings(
	shard: Uint8Array,
	hash: number,
	table: TermTable,
	end: number,
): Postings | null {
	const { hashBits, bucketBits, entries, shards } = table;
	const at = 2 * (truncate(hash, bucketBits) - (shards[shardOf(hash, table)] ?? 0));
	const reader = createBitReader(shard, (shard[at] ?? 0) * 256 + (shard[at + 1] ?? 0));
	const wanted = truncate(hash, hashBits) % 2 ** (hashBits - bucketBits);
	const count = reader.gamma() - 1;
	const parameter = riceParameter(2 ** (hashBits - bucketBits) / (count + 1));
	let own = -1;
	for (let term = 0; term < count && own < wanted; term++) {
		own += reader.rice(parameter) + 1;
		const length = reader.gamma();
		const gaps = riceParameter(entries / length);
		const found: Postings = { entries: [], levels: [] };
		let entry = -1;
		for (let each = 0; each < length; each++) {
			entry += reader.rice(gaps) + 1;
			const level = reader.unary(maxLevel);
			if (own === wanted && entry < end) {
				found.entries.push(entry);
				found.levels.push(level);
			}
		}
		if (own === wanted) return found.entries.length === 0 ? null : found;
	}
	return null;
}

function writeBucket(
	writer: ReturnType<typeof createBitWriter>,
	terms: readonly IndexedTerm[],
	hashBits: number,
	bucketBits: number,
	entries: number,
): Uint8Array {
	const range = 2 ** (hashBits - bucketBits);
	const own = mergeEqual(terms.map((term) => ({ ...term, hash: truncate(term.hash, hashBits) % range })));
	writer.gamma(own.length + 1);
	const parameter = riceParameter(range / (own.length + 1));
	let last = -1;
	for (const term of own) {
		writer.rice(term.hash - last - 1, parameter);
		last = term.hash;
		const from = Math.max(0, term.entries.length - maxPostings);
		const length = term.entries.length - from;
		writer.gamma(length);
		const gaps = riceParameter(entries / length);
		let before = -1;
		for (let at = from; at < term.entries.length; at++) {
			const entry = term.entries[at] ?? 0;
			writer.rice(entry - before - 1, gaps);
			writer.unary(term.levels[at] ?? 0, maxLevel);
			before = entry;
		}
	}
	return writer.take();
}

/** Merges terms whose kept bits are equal: they cannot be told apart. */
function mergeEqual(terms: readonly IndexedTerm[]): IndexedTerm[] {
	const merged: IndexedTerm[] = [];
	for (const term of terms) {
		const last = merged.at(-1);
		if (last?.hash !== term.hash) {
			merged.push(term);
			continue;
		}
		const levels = new Map<number, number>();
		for (const each of [last, term]) {
			for (const [at, entry] of Array.from(each.entries).entries())
				levels.set(entry, Math.max(levels.get(entry) ?? 0, each.levels[at] ?? 0));
		}
		const entries = [...levels.keys()].sort((a, b) => a - b);
		merged.splice(-1, 1, {
			hash: last.hash,
			entries,
			levels: entries.map((entry) => levels.get(entry) ?? 0),
		});
	}
	return merged;
}

/** Returns the highest bits of a hash of 32. */
function truncate(hash: number, bits: number): number {
	return Math.floor(hash / 2 ** (32 - bits));
}

/** Joins the buckets of a shard behind their offsets. */
function concatenate(buckets: readonly Uint8Array[]): Uint8Array {
	const table = 2 * buckets.length;
	const file = new Uint8Array(buckets.reduce((sum, { length }) => sum + length, table));
	let offset = table;
	for (const [at, bucket] of buckets.entries()) {
		file[2 * at] = offset >> 8;
		file[2 * at + 1] = offset & 255;
		file.set(bucket, offset);
		offset += bucket.length;
	}
	return file;
}

import { type BitReader, type BitWriter, createBitReader, riceParameter } from "./bits.ts";

/** The sizes by which the terms of an index are coded. */
export type TermSizes = {
	/** Entries the index has room for; postings name them by number. */
	entries: number;
	/** Bits of a term's hash that are kept: enough to tell the terms apart, and one unknown in 16,000 from all of them. */
	hashBits: number;
	bucketBits: number;
};

/**
 * A term of a bucket: the kept bits of its hash below those of the bucket, and its postings. A bucket has its terms in
 * ascending order, coded in bits; nothing but the hash tells a term.
 */
export type BucketTerm = { rest: number; entries: ArrayLike<number>; levels: ArrayLike<number> };

/** The entries with a term in ascending order, and its level in each. */
export type Postings = { entries: number[]; levels: number[] };

/** Largest level, see `levels.ts`. */
const maxLevel = 7;

/** Writes the terms of a bucket, in ascending order. */
export function writeBucket(writer: BitWriter, terms: readonly BucketTerm[], sizes: TermSizes): Uint8Array {
	writer.gamma(terms.length + 1);
	const parameter = restParameter(terms.length, sizes);
	let last = -1;
	for (const { rest, entries, levels } of terms) {
		writer.rice(rest - last - 1, parameter);
		last = rest;
		writer.gamma(entries.length);
		const gaps = riceParameter(sizes.entries / entries.length);
		let before = -1;
		for (let at = 0; at < entries.length; at++) {
			const entry = entries[at] ?? 0;
			writer.rice(entry - before - 1, gaps);
			writer.unary(levels[at] ?? 0, maxLevel);
			before = entry;
		}
	}
	return writer.take();
}

/** Reads all terms of a bucket. */
export function readBucket(
	bytes: Uint8Array,
	offset: number,
	sizes: TermSizes,
): (Postings & { rest: number })[] {
	const reader = createBitReader(bytes, offset);
	const count = reader.gamma() - 1;
	const parameter = restParameter(count, sizes);
	let rest = -1;
	return Array.from({ length: count }, () => {
		rest += reader.rice(parameter) + 1;
		const postings: Postings = { entries: [], levels: [] };
		readList(reader, sizes, Number.POSITIVE_INFINITY, postings);
		return { rest, ...postings };
	});
}

/** Reads the postings of a term from its bucket, up to the entry with the number `end`; null for a term it does not have. */
export function readPostingsOf(
	hash: number,
	bytes: Uint8Array,
	offset: number,
	sizes: TermSizes,
	end: number,
): Postings | null {
	const reader = createBitReader(bytes, offset);
	const wanted = restOf(hash, sizes);
	const count = reader.gamma() - 1;
	const parameter = restParameter(count, sizes);
	let rest = -1;
	for (let term = 0; term < count; term++) {
		rest += reader.rice(parameter) + 1;
		if (rest > wanted) return null;
		const postings: Postings | null = rest === wanted ? { entries: [], levels: [] } : null;
		readList(reader, sizes, end, postings);
		if (postings !== null) return postings;
	}
	return null;
}

/** Returns the kept bits of a hash below those of its bucket. */
export function restOf(hash: number, { hashBits, bucketBits }: TermSizes): number {
	return truncate(hash, hashBits) % 2 ** (hashBits - bucketBits);
}

/** Returns the highest bits of a hash of 32. */
export function truncate(hash: number, bits: number): number {
	return Math.floor(hash / 2 ** (32 - bits));
}

/** Reads the postings of one term, and keeps those of entries below `end`. */
function readList(reader: BitReader, sizes: TermSizes, end: number, kept: Postings | null): void {
	const length = reader.gamma();
	const gaps = riceParameter(sizes.entries / length);
	let entry = -1;
	for (let each = 0; each < length; each++) {
		entry += reader.rice(gaps) + 1;
		const level = reader.unary(maxLevel);
		if (kept === null || entry >= end) continue;
		kept.entries.push(entry);
		kept.levels.push(level);
	}
}

function restParameter(count: number, { hashBits, bucketBits }: TermSizes): number {
	return riceParameter(2 ** (hashBits - bucketBits) / (count + 1));
}

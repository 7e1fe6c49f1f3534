import { type BitWriter, createBitWriter } from "../search/bits.ts";
import {
	type BucketTerm,
	readBucket,
	restOf,
	type TermSizes,
	truncate,
	writeBucket,
} from "../search/bucket.ts";
import type { DocumentTerms } from "../search/document.ts";
import { type BucketSizes, bucketIn, packShards, type Shard } from "./search-shards.ts";
import { type IndexedTerm, sortTerms } from "./search-terms.ts";

/** The postings of all terms as shards, with what the next build needs to change them. */
export type TermIndex = {
	documents: readonly DocumentTerms[];
	/** Number of terms; a few that have nearly the same hash are counted as one. */
	terms: number;
	sizes: TermSizes;
	buckets: BucketSizes;
	shards: readonly Shard[];
};

/** Postings of one term: a list must fit a shard. The newest entries have the highest numbers. */
const maxPostings = 60_000;

/** Terms in an ordinary bucket. */
const bucketSize = 16;

/** Bits by which terms are counted. */
const countedBits = 24;

/**
 * Writes the terms of the documents as shards. After a build of which few documents differ, at the same numbers, only the
 * buckets of their terms are written anew; the shards are the same as without it.
 */
export function indexTerms(documents: readonly DocumentTerms[], previous: TermIndex | null): TermIndex {
	const changed = previous === null ? null : fewChanges(previous.documents, documents);
	return (
		(previous !== null && changed !== null && update(previous, documents, changed)) || writeAll(documents)
	);
}

function writeAll(documents: readonly DocumentTerms[]): TermIndex {
	const sorted = [...sortTerms(documents)];
	const terms = countPrefixes(sorted, ({ hash }) => hash >>> (32 - countedBits));
	const sizes = sizesOf(terms, documents.length);
	const count = 2 ** sizes.bucketBits;
	const buckets: Uint8Array[] = [];
	const writer = createBitWriter();
	let next = 0;
	for (let number = 0; number < count; number++) {
		const from = next;
		while (next < sorted.length && truncate(sorted[next]?.hash ?? 0, sizes.bucketBits) === number) next++;
		buckets.push(writeOwn(writer, sorted.slice(from, next), sizes));
	}
	const lengths = Uint32Array.from(buckets, ({ length }) => length);
	const shards = packShards(lengths, (number) => buckets[number] ?? new Uint8Array(), []);
	return { documents, terms, sizes, buckets: lengths, shards };
}

function writeOwn(writer: BitWriter, terms: readonly IndexedTerm[], sizes: TermSizes): Uint8Array {
	const own = terms.map(({ hash, entries, levels }) => ({ rest: restOf(hash, sizes), entries, levels }));
	return writeBucket(writer, mergeEqual(own).map(newest), sizes);
}

/** Merges terms whose kept bits are equal: they cannot be told apart. */
function mergeEqual(terms: readonly BucketTerm[]): BucketTerm[] {
	const merged: BucketTerm[] = [];
	for (const term of terms) {
		const last = merged.at(-1);
		if (last?.rest !== term.rest) {
			merged.push(term);
			continue;
		}
		const levels = new Map<number, number>();
		for (const each of [last, term]) {
			for (const [at, entry] of Array.from(each.entries).entries())
				levels.set(entry, Math.max(levels.get(entry) ?? 0, each.levels[at] ?? 0));
		}
		const entries = [...levels.keys()].sort((a, b) => a - b);
		merged[merged.length - 1] = {
			rest: last.rest,
			entries,
			levels: entries.map((entry) => levels.get(entry) ?? 0),
		};
	}
	return merged;
}

function newest(term: BucketTerm): BucketTerm {
	if (term.entries.length <= maxPostings) return term;
	const from = term.entries.length - maxPostings;
	return {
		rest: term.rest,
		entries: Array.from(term.entries).slice(from),
		levels: Array.from(term.levels).slice(from),
	};
}

function sizesOf(terms: number, documents: number): TermSizes {
	const countBits = Math.ceil(Math.log2(Math.max(bucketSize, terms)));
	return {
		entries: roomFor(documents),
		hashBits: Math.min(32, countBits + 14),
		bucketBits: countBits - Math.log2(bucketSize),
	};
}

/** Rounds a number of documents up to three significant bits, so that the codes stay the same when one is added. */
function roomFor(documents: number): number {
	const step = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, documents))) - 3);
	return Math.ceil(documents / step) * step;
}

/** Returns the numbers of the documents that differ; null for so many that writing all terms is faster. */
function fewChanges(before: readonly DocumentTerms[], after: readonly DocumentTerms[]): number[] | null {
	const changed: number[] = [];
	for (let at = 0; at < Math.max(before.length, after.length); at++) {
		if (before[at] !== after[at]) changed.push(at);
		if (changed.length * 16 > after.length) return null;
	}
	return changed;
}

/** The level of one term in one document; null if it is not in it any more. */
type Change = { rest: number; entry: number; level: number | null };

function update(
	previous: TermIndex,
	documents: readonly DocumentTerms[],
	changed: readonly number[],
): TermIndex | null {
	const { sizes, shards } = previous;
	// The terms of a bucket cannot be counted by fewer bits, nor cut postings be completed.
	if (sizes.hashBits < countedBits || documents.length > maxPostings) return null;
	const changes = changesOf(previous.documents, documents, changed, sizes);
	const written = new Map<number, Uint8Array>();
	const buckets = previous.buckets.slice();
	const writer = createBitWriter();
	let { terms } = previous;
	for (const [number, own] of changes) {
		const bucket = readBucket(...bucketIn(shards, number), sizes);
		const shift = sizes.hashBits - countedBits;
		const before = countPrefixes(bucket, ({ rest }) => rest >>> shift);
		for (const change of own) apply(change, bucket);
		terms += countPrefixes(bucket, ({ rest }) => rest >>> shift) - before;
		const bytes = writeBucket(writer, bucket, sizes);
		written.set(number, bytes);
		buckets[number] = bytes.length;
	}
	const now = sizesOf(terms, documents.length);
	if (now.entries !== sizes.entries || now.hashBits !== sizes.hashBits) return null;
	const bytesOf = (number: number) => {
		const own = written.get(number);
		if (own !== undefined) return own;
		const [file, offset] = bucketIn(shards, number);
		return file.subarray(offset, offset + (buckets[number] ?? 0));
	};
	const isSame = (from: number, to: number) => {
		for (const number of written.keys()) if (number >= from && number < to) return false;
		return true;
	};
	return {
		documents,
		terms,
		sizes,
		buckets,
		shards: packShards(
			buckets,
			bytesOf,
			shards.filter(({ first, end }) => isSame(first, end)),
		),
	};
}

/** Returns what changed by bucket. */
function changesOf(
	before: readonly DocumentTerms[],
	after: readonly DocumentTerms[],
	changed: readonly number[],
	sizes: TermSizes,
): Map<number, Change[]> {
	const changes = new Map<number, Change[]>();
	const add = (hash: number, entry: number, level: number | null) => {
		const range = 2 ** (sizes.hashBits - sizes.bucketBits);
		const bucket = Math.floor(hash / range);
		const own = changes.get(bucket) ?? [];
		changes.set(bucket, own);
		own.push({ rest: hash % range, entry, level });
	};
	for (const entry of changed) {
		const [old, now] = [levelsOf(before[entry], sizes), levelsOf(after[entry], sizes)];
		for (const [hash, level] of now) if (old.get(hash) !== level) add(hash, entry, level);
		for (const hash of old.keys()) if (!now.has(hash)) add(hash, entry, null);
	}
	return changes;
}

/** Returns the levels of a document's terms by the kept bits of their hashes. */
function levelsOf(document: DocumentTerms | undefined, { hashBits }: TermSizes): Map<number, number> {
	const levels = new Map<number, number>();
	for (const [at, hash] of (document?.hashes ?? []).entries()) {
		const kept = truncate(hash, hashBits);
		levels.set(kept, Math.max(levels.get(kept) ?? 0, document?.levels[at] ?? 0));
	}
	return levels;
}

function apply({ rest, entry, level }: Change, bucket: ReturnType<typeof readBucket>): void {
	const place = bucket.findIndex((each) => each.rest >= rest);
	const at = place < 0 ? bucket.length : place;
	if (bucket[at]?.rest !== rest) bucket.splice(at, 0, { rest, entries: [], levels: [] });
	const { entries = [], levels = [] } = bucket[at] ?? {};
	const before = entries.findLastIndex((each) => each < entry) + 1;
	const has = entries[before] === entry ? 1 : 0;
	entries.splice(before, has, ...(level === null ? [] : [entry]));
	levels.splice(before, has, ...(level === null ? [] : [level]));
	if (entries.length === 0) bucket.splice(at, 1);
}

/** Counts the prefixes of terms given in order. */
function countPrefixes<Term>(terms: readonly Term[], prefixOf: (term: Term) => number): number {
	let count = 0;
	let last = -1;
	for (const term of terms) {
		const prefix = prefixOf(term);
		if (prefix !== last) count++;
		last = prefix;
	}
	return count;
}

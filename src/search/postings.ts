import { type Postings, readPostingsOf, type TermSizes, truncate } from "./bucket.ts";

/**
 * The shape of the term index: terms are hashes, sorted into buckets by their highest bits, and whole buckets are packed
 * into shards. A shard is a static asset: the offsets of its buckets (16 bits each), then the buckets.
 */
export type TermTable = TermSizes & {
	/** First bucket of each shard. */
	shards: readonly number[];
};

/** Bytes of a shard. */
export const maxShard = 64 * 1024;

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
	const bucket = truncate(hash, table.bucketBits) - (table.shards[shardOf(hash, table)] ?? 0);
	const found = readPostingsOf(hash, shard, bucketOffset(shard, bucket), table, end);
	return found === null || found.entries.length === 0 ? null : found;
}

/** Returns the offset in a shard of one of its buckets, by its number within it. */
export function bucketOffset(shard: Uint8Array, bucket: number): number {
	return (shard[2 * bucket] ?? 0) * 256 + (shard[2 * bucket + 1] ?? 0);
}

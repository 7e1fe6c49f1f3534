import { createHash } from "node:crypto";
import { bucketOffset, maxShard } from "../search/postings.ts";

/** The bytes of each bucket. */
export type BucketSizes = Uint32Array;

/** A file with the buckets from `first` to before `end`; its name has a digest of it. */
export type Shard = { first: number; end: number; name: string; bytes: Uint8Array };

/**
 * Packs buckets into shards. Each has a range of buckets that was halved until it fits, so that a bucket that grows moves no
 * others than its neighbours. Of `kept` are shards in which nothing changed.
 */
export function packShards(
	buckets: BucketSizes,
	bytesOf: (bucket: number) => Uint8Array,
	kept: readonly Shard[],
): Shard[] {
	const known = new Map(kept.map((shard) => [shard.first, shard]));
	const shards: Shard[] = [];
	const pack = (first: number, end: number) => {
		let size = 2 * (end - first);
		for (let bucket = first; bucket < end && size <= maxShard; bucket++) size += buckets[bucket] ?? 0;
		if (size > maxShard && end - first > 1) {
			const middle = (first + end) / 2;
			pack(first, middle);
			pack(middle, end);
			return;
		}
		const same = known.get(first);
		if (same?.end === end) {
			shards.push(same);
			return;
		}
		const bytes = concatenate(Array.from({ length: end - first }, (_, at) => bytesOf(first + at)));
		shards.push({ first, end, name: nameFile(bytes, "t"), bytes });
	};
	pack(0, buckets.length);
	return shards;
}

/** Returns the file that has a bucket, and its offset in it. */
export function bucketIn(shards: readonly Shard[], bucket: number): [bytes: Uint8Array, offset: number] {
	let [low, high] = [0, shards.length - 1];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((shards[middle]?.end ?? 0) <= bucket) low = middle + 1;
		else high = middle;
	}
	const shard = shards[low];
	if (shard === undefined) throw new RangeError(`There is no bucket ${bucket}.`);
	return [shard.bytes, bucketOffset(shard.bytes, bucket - shard.first)];
}

/** Names a file of the index by its digest and its kind: `t` for terms, `w` for words. */
export function nameFile(bytes: Uint8Array, kind: "t" | "w"): string {
	return `${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}-${kind}`;
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

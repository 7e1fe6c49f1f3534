/** What a person's decision makes a comment an example of. Deleting one makes it an example of nothing. */
export type Lesson = "approved" | "spam";

/** Counters a class has; a feature's is found by its hash, so that the size is the same however much is learnt. */
const slots = 32_768;

/** In how many comments of each class each feature was seen, a byte each, and how many comments there were. */
export type Weights = { approved: Uint8Array; spam: Uint8Array; comments: Record<Lesson, number> };

export const noWeights = (): Weights => ({
	approved: new Uint8Array(slots),
	spam: new Uint8Array(slots),
	comments: { approved: 0, spam: 0 },
});

/** Counts a comment's features in a class once more, or once less (`by` -1), in place. */
export function count(weights: Weights, features: readonly string[], lesson: Lesson, by: 1 | -1): void {
	const counters = weights[lesson];
	const found = features.map(slotOf);
	// A full counter halves them all: what was learnt long ago weighs less, and nothing overflows.
	if (by === 1 && found.some((slot) => counters[slot] === 255)) halve(weights);
	weights.comments[lesson] = Math.max(0, weights.comments[lesson] + by);
	for (const slot of found) counters[slot] = Math.max(0, (counters[slot] ?? 0) + by);
}

function halve({ approved, spam, comments }: Weights): void {
	for (let slot = 0; slot < slots; slot++) {
		approved[slot] = (approved[slot] ?? 0) >> 1;
		spam[slot] = (spam[slot] ?? 0) >> 1;
	}
	comments.approved >>= 1;
	comments.spam >>= 1;
}

/** The counter of a feature (FNV-1a over its UTF-16). */
export function slotOf(feature: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < feature.length; at++) {
		hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193);
	}
	return (hash ^ (hash >>> 15)) & (slots - 1);
}

/** Weights as text for the store: 87 KB, base64. */
export function encodeWeights({ approved, spam }: Weights): string {
	let bytes = "";
	for (const counters of [approved, spam]) {
		for (let at = 0; at < slots; at += 8192)
			bytes += String.fromCharCode(...counters.subarray(at, at + 8192));
	}
	return btoa(bytes);
}

/** Weights as they were stored. */
export function decodeWeights(text: string, comments: Weights["comments"]): Weights {
	const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
	return { approved: bytes.slice(0, slots), spam: bytes.slice(slots), comments };
}

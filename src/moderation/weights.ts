/** The classes a moderator's decision puts a comment in. A deleted comment has none. */
export const labels = ["approved", "spam"] as const;
export type Label = (typeof labels)[number];

/** Counters per class. Features are hashed into them, so that the size never grows with training. */
const slots = 32_768;

/** The number of comments with each feature per class, a byte each, and the number of comments per class. */
export type Weights = { approved: Uint8Array; spam: Uint8Array; comments: Record<Label, number> };

/** Returns the weights of an untrained classifier. */
export const noWeights = (): Weights => ({
	approved: new Uint8Array(slots),
	spam: new Uint8Array(slots),
	comments: { approved: 0, spam: 0 },
});

/** Adds a comment's features to a class (`by` 1), or removes them (`by` -1), in place. */
export function count(weights: Weights, features: readonly string[], label: Label, by: 1 | -1): void {
	const counters = weights[label];
	const featureSlots = features.map(featureSlot);
	// A full counter halves all of them: old training weighs less, and nothing overflows.
	if (by === 1 && featureSlots.some((slot) => counters[slot] === 255)) halve(weights);
	weights.comments[label] = Math.max(0, weights.comments[label] + by);
	for (const slot of featureSlots) counters[slot] = Math.max(0, (counters[slot] ?? 0) + by);
}

function halve({ approved, spam, comments }: Weights): void {
	for (let slot = 0; slot < slots; slot++) {
		approved[slot] = (approved[slot] ?? 0) >> 1;
		spam[slot] = (spam[slot] ?? 0) >> 1;
	}
	comments.approved >>= 1;
	comments.spam >>= 1;
}

/** Returns the counter of a feature (FNV-1a over its UTF-16). */
export function featureSlot(feature: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < feature.length; at++) {
		hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193);
	}
	return (hash ^ (hash >>> 15)) & (slots - 1);
}

/** Encodes weights as base64 for the database: 87 KB. */
export function encodeWeights({ approved, spam }: Weights): string {
	let bytes = "";
	for (const counters of [approved, spam]) {
		for (let at = 0; at < slots; at += 8192)
			bytes += String.fromCharCode(...counters.subarray(at, at + 8192));
	}
	return btoa(bytes);
}

/** Decodes weights as `encodeWeights` stored them. */
export function decodeWeights(text: string, comments: Weights["comments"]): Weights {
	const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
	return { approved: bytes.slice(0, slots), spam: bytes.slice(slots), comments };
}

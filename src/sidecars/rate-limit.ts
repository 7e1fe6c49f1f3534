/** Counts a request against a key; false when the key has used up its limit of the period. */
export type RateLimit = (key: string) => boolean;

/**
 * Creates a limiter in this isolate's memory, of which a machine of one's own has one. Periods (seconds) begin on the clock for
 * all keys at once, so that nothing is kept of earlier ones. `now` returns epoch milliseconds.
 */
export function createRateLimit(
	{ limit, period }: { limit: number; period: number },
	now: () => number,
): RateLimit {
	let counts = new Map<string, number>();
	let current = 0;
	return (key) => {
		const index = Math.floor(now() / (period * 1000));
		if (index !== current) {
			counts = new Map();
			current = index;
		}
		const count = (counts.get(key) ?? 0) + 1;
		counts.set(key, count);
		return count <= limit;
	};
}

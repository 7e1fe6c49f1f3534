/** A cache limited by total weight that evicts the least recently used values first. */
export type LruCache<T> = {
	get(key: string): T | undefined;
	/** Stores a value, unless it alone would take more than an eighth of the capacity. */
	set(key: string, value: T, weight: number): void;
};

/** Creates an LRU cache. An isolate has 128 MB, so everything cached between requests has such a limit. */
export function createLruCache<T>(capacity: number): LruCache<T> {
	const entries = new Map<string, { value: T; weight: number }>();
	let total = 0;

	function remove(key: string): void {
		total -= entries.get(key)?.weight ?? 0;
		entries.delete(key);
	}

	return {
		get(key) {
			const found = entries.get(key);
			if (found === undefined) return undefined;
			entries.delete(key);
			entries.set(key, found);
			return found.value;
		},
		set(key, value, weight) {
			remove(key);
			if (weight > capacity / 8) return;
			entries.set(key, { value, weight });
			total += weight;
			for (const oldest of entries.keys()) {
				if (total <= capacity) break;
				remove(oldest);
			}
		},
	};
}

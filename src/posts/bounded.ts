/** Values by key up to a total weight; those asked for longest ago are let go first. */
export type Bounded<T> = {
	get(key: string): T | undefined;
	/** Keeps a value, unless it alone would take more than an eighth of the room. */
	set(key: string, value: T, weight: number): void;
};

/** An isolate has 128 MB for everything, so whatever it keeps between requests is kept in one of these. */
export function bounded<T>(capacity: number): Bounded<T> {
	const kept = new Map<string, { value: T; weight: number }>();
	let held = 0;

	function remove(key: string): void {
		held -= kept.get(key)?.weight ?? 0;
		kept.delete(key);
	}

	return {
		get(key) {
			const found = kept.get(key);
			if (found === undefined) return undefined;
			kept.delete(key);
			kept.set(key, found);
			return found.value;
		},
		set(key, value, weight) {
			remove(key);
			if (weight > capacity / 8) return;
			kept.set(key, { value, weight });
			held += weight;
			for (const oldest of kept.keys()) {
				if (held <= capacity) break;
				remove(oldest);
			}
		},
	};
}

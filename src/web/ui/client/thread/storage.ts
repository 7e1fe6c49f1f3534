/** Returns the value stored under a key in this browser, or null. */
export function readStored(storage: Storage, key: string): string | null {
	try {
		return storage.getItem(key);
	} catch {
		// Storage is disabled: nothing is remembered.
		return null;
	}
}

/** Stores a value under a key in this browser, if possible. */
export function store(storage: Storage, key: string, value: string): void {
	try {
		storage.setItem(key, value);
	} catch {
		// Storage is full or disabled: the page itself is unaffected.
	}
}

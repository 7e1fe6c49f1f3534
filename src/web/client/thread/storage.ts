/** What is kept under a key in this browser, or null. */
export function stored(storage: Storage, key: string): string | null {
	try {
		return storage.getItem(key);
	} catch {
		// Storage is switched off: nothing is remembered.
		return null;
	}
}

/** Keeps something under a key in this browser, if it can. */
export function store(storage: Storage, key: string, value: string): void {
	try {
		storage.setItem(key, value);
	} catch {
		// Full or switched off: what is on the page is still there.
	}
}

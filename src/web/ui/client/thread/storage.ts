type Place = "localStorage" | "sessionStorage";

/** Returns the value stored under a key in this browser, or null. */
export function readStored(place: Place, key: string): string | null {
	try {
		return globalThis[place].getItem(key);
	} catch {
		// Storage is disabled, so that even naming it throws: nothing is remembered.
		return null;
	}
}

/** Returns the stored JSON under a key if `is` accepts it, or else `otherwise`; other programs write there, too. */
export function readJson<T>(place: Place, key: string, is: (value: unknown) => value is T, otherwise: T): T {
	try {
		const value: unknown = JSON.parse(readStored(place, key) ?? "");
		return is(value) ? value : otherwise;
	} catch {
		return otherwise;
	}
}

/** Stores a value under a key in this browser, if possible; null removes it. */
export function store(place: Place, key: string, value: string | null): void {
	try {
		if (value === null) globalThis[place].removeItem(key);
		else globalThis[place].setItem(key, value);
	} catch {
		// Storage is full or disabled: the page itself is unaffected.
	}
}

/** Returns a term's hash of 32 bits (FNV-1a with a final avalanche), by which the index knows it; it may come in two parts. */
export function hashTerm(term: string, rest = ""): number {
	let hash = seed;
	for (let at = 0; at < term.length; at++) hash = addUnit(hash, term.charCodeAt(at));
	for (let at = 0; at < rest.length; at++) hash = addUnit(hash, rest.charCodeAt(at));
	return avalanche(hash);
}

/** Adds the hashes of the characters of a run, and of each with the one before it, as {@link hashTerm} returns them. */
export function hashRun(run: string, add: (hash: number) => void): void {
	let before: number | null = null;
	for (let at = 0; at < run.length; ) {
		const start = at;
		at += (run.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
		let own = seed;
		let both = before;
		for (let unit = start; unit < at; unit++) {
			own = addUnit(own, run.charCodeAt(unit));
			if (both !== null) both = addUnit(both, run.charCodeAt(unit));
		}
		add(avalanche(own));
		if (both !== null) add(avalanche(both));
		before = own;
	}
}

const seed = 0x811c9dc5;

function addUnit(hash: number, unit: number): number {
	return Math.imul(Math.imul(hash ^ (unit & 0xff), 0x01000193) ^ (unit >>> 8), 0x01000193);
}

function avalanche(hash: number): number {
	let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return (mixed ^ (mixed >>> 16)) >>> 0;
}

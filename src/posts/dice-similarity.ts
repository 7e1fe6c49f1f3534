/**
 * Returns a function that compares texts with `reference` by Dice's coefficient of adjacent letter pairs: 1 for the same
 * letters, 0 for no pair in common. It needs no word boundaries, so it also works for Japanese. It reads at most
 * `maxLetters` of each text, allocates nothing per comparison, and is valid for 65,534 comparisons.
 */
export function compareWith(reference: string, maxLetters: number): (text: string) => number {
	/** By pair: 0 when the reference lacks it, else the number of the text it was last counted in. */
	const pairs = new Uint16Array(1 << 16);
	const referenceLetters = eachPair(reference, maxLetters, (pair) => {
		pairs[pair] = 1;
	});
	let number = 1;
	let shared = 0;
	const count = (pair: number) => {
		if (pairs[pair] === 0 || pairs[pair] === number) return;
		pairs[pair] = number;
		shared++;
	};
	return (text) => {
		number++;
		shared = 0;
		const letters = eachPair(text, maxLetters, count);
		return shared === 0 ? 0 : (2 * shared) / (referenceLetters + letters - 2);
	};
}

/** Visits every pair of adjacent letters and returns the number of letters. */
function eachPair(text: string, maxLetters: number, visit: (pair: number) => void): number {
	let before = 0;
	let letters = 0;
	for (let at = 0; at < text.length && letters < maxLetters; at++) {
		const code = letterAt(text, at);
		if (code === 0) continue;
		// Pairs may collide in 16 bits; avoiding that would cost more than it gains.
		if (letters > 0) visit((before * 31 + code) & 0xffff);
		before = code;
		letters++;
	}
	return letters;
}

/** Returns the code of a letter or digit in lower case; 0 for spaces, punctuation and symbols, Japanese ones too. */
function letterAt(text: string, at: number): number {
	const code = text.charCodeAt(at);
	if (code >= 0x61 && code <= 0x7a) return code;
	if (code >= 0x41 && code <= 0x5a) return code + 0x20;
	if (code < 0xc0) return code >= 0x30 && code <= 0x39 ? code : 0;
	return (code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x303f) || code === 0x30fb
		? 0
		: code;
}

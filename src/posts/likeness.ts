/**
 * Makes the function that compares texts with one: the share of neighbouring letter pairs in common (Dice's
 * coefficient), 1 for the same letters and 0 for no two in common. It needs no word borders, and so serves Japanese as
 * well. No more than `mostLetters` of a text are looked at, and nothing is made for a text in passing; it compares up to
 * 65,534 of them.
 */
export function likenessOf(asked: string, mostLetters: number): (text: string) => number {
	/** By pair: 0 when it was not asked for, else the number of the text it was last counted in. */
	const pairs = new Uint16Array(1 << 16);
	const askedLetters = eachPair(asked, mostLetters, (pair) => {
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
		const letters = eachPair(text, mostLetters, count);
		return shared === 0 ? 0 : (2 * shared) / (askedLetters + letters - 2);
	};
}

/** Goes through the neighbouring letters of a text and returns how many letters it has. */
function eachPair(text: string, mostLetters: number, visit: (pair: number) => void): number {
	let before = 0;
	let letters = 0;
	for (let at = 0; at < text.length && letters < mostLetters; at++) {
		const code = letterAt(text, at);
		if (code === 0) continue;
		// Two pairs may fall together; that costs less than telling them apart.
		if (letters > 0) visit((before * 31 + code) & 0xffff);
		before = code;
		letters++;
	}
	return letters;
}

/** A letter or digit by its code, capitals as small letters; 0 for spaces, punctuation and signs, Japanese ones too. */
function letterAt(text: string, at: number): number {
	const code = text.charCodeAt(at);
	if (code >= 0x61 && code <= 0x7a) return code;
	if (code >= 0x41 && code <= 0x5a) return code + 0x20;
	if (code < 0xc0) return code >= 0x30 && code <= 0x39 ? code : 0;
	return (code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x303f) || code === 0x30fb
		? 0
		: code;
}

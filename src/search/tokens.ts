/** A part of a folded text: a word of a script with spaces, or a run of characters without spaces between words. */
export type Token = { kind: "word" | "run"; text: string; start: number; end: number };

/** Scripts that write no spaces between words, and Hangul, whose words take endings: they are searched by n-grams. */
const unspaced =
	"\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Hang}\\p{sc=Bopo}\\p{sc=Yiii}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}\\p{sc=Tibt}ー〆";

/** A run; a name such as `c++`; a word, whose apostrophes are inside it. */
const pattern = new RegExp(
	`([${unspaced}][${unspaced}\\p{M}]*)|(?<![\\p{L}\\p{N}])[a-z][+#]+|[[\\p{L}\\p{N}\\p{M}]--[${unspaced}]]+(?:['’][[\\p{L}]--[${unspaced}]]+)*`,
	"gv",
);

/** Yields the words and runs of a folded text. */
export function* tokens(folded: string): Generator<Token> {
	for (const match of folded.matchAll(pattern)) {
		const [text, run] = match;
		const start = match.index;
		yield { kind: run === undefined ? "word" : "run", text, start, end: start + text.length };
	}
}

/** Returns a word without the English possessive and other apostrophes: `cat’s` is `cat`, `don’t` is `dont`. */
export function bareWord(word: string): string {
	return word.replace(/['’]s$/, "").replace(/['’]/g, "");
}

/** Returns the characters of a run, of which neighbours make its bigrams. */
export function characters(run: string): string[] {
	return Array.from(run);
}

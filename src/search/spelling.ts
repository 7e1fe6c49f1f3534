import { hashTerm } from "./hash.ts";

/** Whether a word is listed for those who misspell it. One letter of a shorter word makes another word. */
export function isListed(word: string): boolean {
	return /^\p{L}{5,24}$/u.test(word);
}

/** Whether a word of a query is looked up with one letter changed; one may be missing. */
export function mayBeMisspelt(word: string): boolean {
	return /^\p{L}{4,25}$/u.test(word);
}

/**
 * Returns the lists of words to look into for a misspelt one. Words are listed by their first two letters and by their last
 * two: one mistake leaves one of these as it was.
 */
export function listsOf(word: string, lists: number): number[] {
	const keys = [`${word.slice(0, 2)}-`, `-${word.slice(-2)}`];
	return [...new Set(keys.map((key) => hashTerm(key) % lists))];
}

/** Serialises words, given in order, each as the number of characters it shares with the word before, and the rest. */
export function writeWords(words: readonly string[]): string {
	let before = "";
	return words
		.map((word) => {
			let shared = 0;
			while (shared < 35 && shared < word.length && word[shared] === before[shared]) shared++;
			before = word;
			return shared.toString(36) + word.slice(shared);
		})
		.join("\n");
}

/** Yields the words of a list by {@link writeWords}. */
export function* readWords(text: string): Generator<string> {
	let word = "";
	for (const line of text.split("\n")) {
		if (line === "") continue;
		word = word.slice(0, Number.parseInt(line.charAt(0), 36)) + line.slice(1);
		yield word;
	}
}

/** Whether two words differ in one letter: a wrong, missing or additional one, or two neighbours swapped. */
export function isNear(a: string, b: string): boolean {
	if (a === b || Math.abs(a.length - b.length) > 1) return false;
	const most = Math.min(a.length, b.length);
	let start = 0;
	while (start < most && a[start] === b[start]) start++;
	let end = 0;
	while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
	const [inA, inB] = [a.length - start - end, b.length - start - end];
	if (inA <= 1 && inB <= 1) return true;
	return inA === 2 && inB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

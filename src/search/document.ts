import { fold } from "./fold.ts";
import { hashTerm } from "./hash.ts";
import { levels, textLevel } from "./levels.ts";
import { isListed } from "./spelling.ts";
import { stem } from "./stem.ts";
import { bareWord, characters, tokens } from "./tokens.ts";

/** The searched parts of a post or page. */
export type SearchedDocument = {
	title: string;
	/** Names of its categories, tags and series. */
	terms: readonly string[];
	authors: readonly string[];
	text: string;
};

/** The terms of a document by their hashes in ascending order, and the level of each. */
export type DocumentTerms = {
	hashes: Uint32Array;
	levels: Uint8Array;
	/** Words that others may misspell. */
	words: readonly string[];
};

/** Returns the terms of a document. */
export function documentTerms(document: SearchedDocument): DocumentTerms {
	const words = new Set<string>();
	const inText: number[] = [];
	addTerms(fold(document.text), words, (term) => inText.push(term));
	const named = new Map<number, number>();
	for (const [names, level] of [
		[document.authors, levels.author],
		[document.terms, levels.term],
		[[document.title], levels.title],
	] as const) {
		for (const name of names) addTerms(fold(name), words, (term) => named.set(term, level));
	}
	// Sorting numbers is several times as fast as counting them in a map.
	const all = new Uint32Array(inText.length + named.size);
	all.set(inText);
	all.set([...named.keys()], inText.length);
	all.sort();
	const hashes = new Uint32Array(all.length);
	const found = new Uint8Array(all.length);
	let size = 0;
	for (let start = 0; start < all.length; size++) {
		const hash = all[start] ?? 0;
		let end = start + 1;
		while (end < all.length && all[end] === hash) end++;
		hashes[size] = hash;
		found[size] = named.get(hash) ?? textLevel(end - start, inText.length);
		start = end;
	}
	return { hashes: hashes.slice(0, size), levels: found.slice(0, size), words: [...words] };
}

/** Adds the hashes of the terms in a folded text: stems of words, characters and bigrams of runs. Collects the words. */
function addTerms(folded: string, words: Set<string>, add: (hash: number) => void): void {
	for (const { kind, text } of tokens(folded)) {
		if (kind === "word") {
			const word = bareWord(text);
			if (isListed(word)) words.add(word);
			add(hashOfWord(word));
			continue;
		}
		let before = "";
		for (const character of characters(text)) {
			add(hashTerm(character));
			if (before !== "") add(hashTerm(before, character));
			before = character;
		}
	}
}

/** Hashes of words, which a text repeats; limited, since a build may see millions. */
const known = new Map<string, number>();

function hashOfWord(word: string): number {
	const found = known.get(word);
	if (found !== undefined) return found;
	const hash = hashTerm(stem(word));
	if (known.size >= 100_000) known.clear();
	known.set(word, hash);
	return hash;
}

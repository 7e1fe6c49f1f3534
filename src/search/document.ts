import { fold } from "./fold.ts";
import { hashTerm } from "./hash.ts";
import { levels, textLevel } from "./levels.ts";
import { mayBeMisspelt } from "./spelling.ts";
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
	const counts = new Map<number, number>();
	const words = new Set<string>();
	let length = 0;
	for (const term of termsOf(fold(document.text), words)) {
		counts.set(term, (counts.get(term) ?? 0) + 1);
		length++;
	}
	const found = new Map<number, number>();
	for (const [term, count] of counts) found.set(term, textLevel(count, length));
	for (const [names, level] of [
		[document.authors, levels.author],
		[document.terms, levels.term],
		[[document.title], levels.title],
	] as const) {
		for (const name of names) for (const term of termsOf(fold(name), words)) found.set(term, level);
	}
	const hashes = Uint32Array.from(found.keys()).sort();
	return { hashes, levels: Uint8Array.from(hashes, (hash) => found.get(hash) ?? 0), words: [...words] };
}

/** Yields the hashes of the terms in a folded text: stems of words, characters and bigrams of runs. Collects the words. */
function* termsOf(folded: string, words: Set<string>): Generator<number> {
	for (const { kind, text } of tokens(folded)) {
		if (kind === "word") {
			const word = bareWord(text);
			if (mayBeMisspelt(word)) words.add(word);
			yield hashOfWord(word);
			continue;
		}
		let before = "";
		for (const character of characters(text)) {
			yield hashTerm(character);
			if (before !== "") yield hashTerm(before + character);
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

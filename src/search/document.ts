import { fold } from "./fold.ts";
import { hashRun, hashTerm } from "./hash.ts";
import { levels, textLevel } from "./levels.ts";
import { isListed } from "./spelling.ts";
import { stem } from "./stem.ts";
import { bareWord, tokens } from "./tokens.ts";

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
	documentNumber++;
	const words: string[] = [];
	const all = termList;
	all.length = 0;
	addTerms(fold(document.text), words, all.push);
	const length = all.length;
	const named = new Map<number, number>();
	for (const [names, level] of [
		[document.authors, levels.author],
		[document.terms, levels.term],
		[[document.title], levels.title],
	] as const) {
		for (const name of names) addTerms(fold(name), words, (term) => named.set(term, level));
	}
	for (const hash of named.keys()) all.push(hash);
	// Sorting numbers is several times as fast as counting them in a map.
	const sorted = all.hashes.subarray(0, all.length).sort();
	const hashes = new Uint32Array(sorted.length);
	const found = new Uint8Array(sorted.length);
	let size = 0;
	for (let start = 0; start < sorted.length; size++) {
		const hash = sorted[start] ?? 0;
		let end = start + 1;
		while (end < sorted.length && sorted[end] === hash) end++;
		hashes[size] = hash;
		found[size] = named.get(hash) ?? textLevel(end - start, length);
		start = end;
	}
	return { hashes: hashes.slice(0, size), levels: found.slice(0, size), words };
}

/** The terms of one document at a time, in numbers that are not objects each. */
const termList = {
	hashes: new Uint32Array(4096),
	length: 0,
	push(hash: number): void {
		if (termList.length === termList.hashes.length) {
			const larger = new Uint32Array(termList.length * 2);
			larger.set(termList.hashes);
			termList.hashes = larger;
		}
		termList.hashes[termList.length++] = hash;
	},
};

/** Adds the hashes of the terms in a folded text: stems of words, characters and bigrams of runs. Collects the words. */
function addTerms(folded: string, words: string[], add: (hash: number) => void): void {
	for (const { kind, text } of tokens(folded)) {
		if (kind === "run") {
			hashRun(text, add);
			continue;
		}
		const word = lookUpWord(text);
		add(word.hash);
		if (word.listed === null || word.lastIn === documentNumber) continue;
		word.lastIn = documentNumber;
		words.push(word.listed);
	}
}

/** Counts the documents, to list each word of one once. */
let documentNumber = 0;

/** A word with its hash, as it is listed for those who misspell it, and the last document it was in. */
type Word = { hash: number; listed: string | null; lastIn: number };

/** Words as they are written, which texts repeat; limited, since a build may see millions. */
const known = new Map<string, Word>();

function lookUpWord(written: string): Word {
	const found = known.get(written);
	if (found !== undefined) return found;
	const word = bareWord(written);
	const result = { hash: hashTerm(stem(word)), listed: isListed(word) ? word : null, lastIn: 0 };
	if (known.size >= 100_000) known.clear();
	known.set(written, result);
	return result;
}

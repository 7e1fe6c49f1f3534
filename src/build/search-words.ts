import { deflateRawSync } from "node:zlib";
import type { DocumentTerms } from "../search/document.ts";
import { maxShard } from "../search/postings.ts";
import { listsOf, writeWords } from "../search/spelling.ts";
import { compareText } from "./problems.ts";
import { nameFile } from "./search-shards.ts";

/** The lists of words that may be misspelt, with what the next build needs to change them. */
export type WordLists = {
	documents: readonly DocumentTerms[];
	/** The number of documents with each word. */
	counts: Map<string, number>;
	files: readonly WordFile[];
};

type WordFile = { name: string; text: string; bytes: Uint8Array };

/** How many times as long as its list a word may be, at most: two lists have it, without the beginning it shares. */
const mostCompression = 6;

/** Lists of words at most; beyond that, words of few documents are left out. */
const maxLists = 256;

/** Lists the words of the documents, in as few lists as are no larger than a shard; `limit` is its size in bytes. */
export function listWords(
	documents: readonly DocumentTerms[],
	previous: WordLists | null,
	limit = maxShard,
): WordLists {
	const counts = previous?.counts ?? new Map<string, number>();
	const before = previous?.documents ?? [];
	let changed = previous === null;
	for (let at = 0; at < Math.max(before.length, documents.length); at++) {
		if (before[at] !== documents[at]) changed = count(counts, before[at], documents[at]) || changed;
	}
	const known = previous?.files ?? [];
	return { documents, counts, files: changed ? writeLists(counts, known, limit) : known };
}

/** Counts the words of a document in place of another; returns whether they differ. */
function count(
	counts: Map<string, number>,
	before: DocumentTerms | undefined,
	after: DocumentTerms | undefined,
): boolean {
	const removed = new Set(before?.words);
	let changed = false;
	for (const word of after?.words ?? []) {
		if (removed.delete(word)) continue;
		counts.set(word, (counts.get(word) ?? 0) + 1);
		changed = true;
	}
	for (const word of removed) {
		const left = (counts.get(word) ?? 0) - 1;
		if (left > 0) counts.set(word, left);
		else counts.delete(word);
	}
	return changed || removed.size > 0;
}

function writeLists(
	counts: ReadonlyMap<string, number>,
	known: readonly WordFile[],
	limit: number,
): readonly WordFile[] {
	const files = new Map(known.map((file) => [file.text, file]));
	const all = [...counts.keys()].sort(compareText);
	for (let fewest = 1; ; fewest *= 2) {
		const words = all.filter((word) => (counts.get(word) ?? 0) >= fewest);
		const length = words.reduce((sum, word) => sum + 2 * word.length, 0);
		const least = 2 ** Math.max(0, Math.ceil(Math.log2(length / (mostCompression * limit))));
		for (let lists = least; lists <= maxLists; lists *= 2) {
			const written = divide(words, lists).map((list) => writeList(writeWords(list), files));
			if (written.every(({ bytes }) => bytes.length <= limit)) return written;
		}
	}
}

function divide(words: readonly string[], count: number): string[][] {
	const lists = Array.from({ length: count }, (): string[] => []);
	for (const word of words) for (const list of listsOf(word, count)) lists[list]?.push(word);
	return lists;
}

function writeList(text: string, files: ReadonlyMap<string, WordFile>): WordFile {
	const known = files.get(text);
	if (known !== undefined) return known;
	const bytes = new Uint8Array(deflateRawSync(text));
	return { name: nameFile(bytes, "w"), text, bytes };
}

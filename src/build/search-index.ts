import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import type { Page, Post } from "../posts/post.ts";
import { createTimeline } from "../posts/timeline.ts";
import { type DocumentTerms, documentTerms, type SearchedDocument } from "../search/document.ts";
import type { SearchIndexFiles } from "../search/index-files.ts";
import { maxShard, writeTerms } from "../search/postings.ts";
import { listsOf, writeWords } from "../search/spelling.ts";
import { textsPerChunk, writeTexts } from "../search/texts.ts";
import { compareText } from "./problems.ts";
import { countTerms, sortTerms } from "./search-terms.ts";
import type { Source } from "./sources.ts";

/** The search index: its shape for the Worker, and its files by path below the assets, written when they are missing. */
export type BuiltSearch = { index: SearchIndexFiles; files: ReadonlyMap<string, () => Uint8Array> };

/** The text of a source, parsed once. */
type TextSource = Pick<Source<unknown>, "text">;

/** Builds the search index of pages and posts, both in the Worker's order. Drafts and unlisted ones have no part in it. */
export function buildSearch(
	pages: readonly Page[],
	posts: readonly Post[],
	built: readonly { source: TextSource; entry: { id: string } }[],
): BuiltSearch {
	const sources = new Map(built.map(({ source, entry }) => [entry.id, source]));
	// The Worker counts the posts from the oldest, so that one that is not yet public has a higher number than any that is.
	const unlisted = new Set(posts.filter((post) => post.unlisted));
	const oldestFirst = createTimeline(posts, unlisted).published(Number.POSITIVE_INFINITY).toReversed();
	const listedPages = pages.filter((page) => !page.unlisted);
	const documents = [...listedPages, ...oldestFirst].map((entry) => indexed(entry, sources.get(entry.id)));
	const terms = documents.map((document) => document.terms);
	const { files: shards, ...table } = writeTerms(sortTerms(terms), countTerms(terms), documents.length);
	const lists = writeLists(terms);
	const digest = digestOf([...shards, ...lists]);
	const chunks = Array.from({ length: Math.ceil(documents.length / textsPerChunk) }, (_, at) =>
		textChunk(documents.slice(at * textsPerChunk, (at + 1) * textsPerChunk)),
	);
	return {
		index: {
			...table,
			lists: lists.length,
			digest,
			texts: chunks.map((chunk) => chunk.digest),
		},
		files: new Map([
			...shards.map((bytes, at) => [`_search/${digest}-t${at}.bin`, () => bytes] as const),
			...lists.map((bytes, at) => [`_search/${digest}-w${at}.bin`, () => bytes] as const),
			...chunks.map((chunk) => [`_search/${chunk.digest}.bin`, chunk.write] as const),
		]),
	};
}

type IndexedDocument = { key: string; terms: DocumentTerms; text: string; digest: string };

/** Caches the terms of a source, valid while its title, terms, authors and summary stay the same. */
const known = new WeakMap<TextSource, IndexedDocument>();

function indexed(entry: Post | Page, source: TextSource | undefined): IndexedDocument {
	const isPost = "published" in entry;
	const document: SearchedDocument = {
		title: entry.title,
		terms: isPost
			? [...entry.categories, ...entry.tags, ...(entry.series === null ? [] : [entry.series])].map(
					({ name }) => name,
				)
			: [],
		authors: isPost ? entry.authors.map(({ name }) => name) : [],
		text: withSummary(source?.text ?? "", entry.summary),
	};
	const key = JSON.stringify([document.title, document.terms, document.authors, entry.summary]);
	const cached = source && known.get(source);
	if (cached?.key === key) return cached;
	const names = [document.title, ...document.terms, ...document.authors];
	const text = `${names.map((name) => name.replace(/\n/g, " ")).join("\n")}\n\n${document.text}`;
	const result = {
		key,
		terms: documentTerms(document),
		text,
		digest: digestOf([new TextEncoder().encode(text)]),
	};
	if (source) known.set(source, result);
	return result;
}

/** Returns a text with the summary before it, unless that is an excerpt of its beginning. */
function withSummary(text: string, summary: string): string {
	const compact = (part: string) => part.replace(/[\s…]+/g, "");
	return compact(text.slice(0, 1000)).includes(compact(summary)) ? text : `${summary}\n${text}`;
}

function textChunk(documents: readonly IndexedDocument[]): { digest: string; write: () => Uint8Array } {
	const digest = createHash("sha256")
		.update(documents.map((document) => document.digest).join())
		.digest("hex")
		.slice(0, 16);
	return { digest, write: () => writeTexts(documents.map(({ text }) => text)) };
}

/** Writes the lists of words that may be misspelt, as few as are no larger than a shard. */
function writeLists(documents: readonly DocumentTerms[]): Uint8Array[] {
	const all = new Set<string>();
	for (const document of documents) for (const word of document.words) all.add(word);
	const words = [...all].sort(compareText);
	for (let count = 1; ; count *= 2) {
		const lists = Array.from({ length: count }, (): string[] => []);
		for (const word of words) for (const list of listsOf(word, count)) lists[list]?.push(word);
		const files = lists.map((list) => new Uint8Array(deflateRawSync(writeWords(list))));
		if (files.every(({ length }) => length <= maxShard)) return files;
	}
}

function digestOf(parts: readonly Uint8Array[]): string {
	const hash = createHash("sha256");
	for (const part of parts) hash.update(part);
	return hash.digest("hex").slice(0, 16);
}

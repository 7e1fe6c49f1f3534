import { createHash } from "node:crypto";
import type { Page, Post } from "../posts/post.ts";
import { createTimeline } from "../posts/timeline.ts";
import { type DocumentTerms, documentTerms } from "../search/document.ts";
import { type SearchIndexFiles, searchFile } from "../search/index-files.ts";
import { textsPerChunk, writeTexts } from "../search/texts.ts";
import { indexTerms, type TermIndex } from "./search-postings.ts";
import { listWords, type WordLists } from "./search-words.ts";
import type { Source } from "./sources.ts";

/** The search index: its shape for the Worker, and its files by path below the assets, written when they are missing. */
export type BuiltSearch = { index: SearchIndexFiles; files: ReadonlyMap<string, () => Uint8Array> };

/** The index of the previous build in the same process, of which what did not change is reused. */
export type SearchCache = { terms: TermIndex | null; words: WordLists | null };

/** Creates an empty cache. */
export function createSearchCache(): SearchCache {
	return { terms: null, words: null };
}

/** The text of a source, parsed once. */
type TextSource = Pick<Source<unknown>, "text">;

/** Builds the search index of pages and posts, both in the Worker's order. Drafts and unlisted ones have no part in it. */
export function buildSearch(
	pages: readonly Page[],
	posts: readonly Post[],
	built: readonly { source: TextSource; entry: { id: string } }[],
	cache: SearchCache,
): BuiltSearch {
	const sources = new Map(built.map(({ source, entry }) => [entry.id, source]));
	// The Worker counts the posts from the oldest, so that one that is not yet public has a higher number than any that is.
	const unlisted = new Set(posts.filter((post) => post.unlisted));
	const oldestFirst = createTimeline(posts, unlisted).published(Number.POSITIVE_INFINITY).toReversed();
	const listedPages = pages.filter((page) => !page.unlisted);
	const documents = [...listedPages, ...oldestFirst].map((entry) => indexed(entry, sources.get(entry.id)));
	const terms = documents.map((document) => document.terms);
	cache.terms = indexTerms(terms, cache.terms);
	cache.words = listWords(terms, cache.words);
	const { sizes, shards } = cache.terms;
	const { files: lists } = cache.words;
	const chunks = Array.from({ length: Math.ceil(documents.length / textsPerChunk) }, (_, at) =>
		textChunk(documents.slice(at * textsPerChunk, (at + 1) * textsPerChunk)),
	);
	return {
		index: {
			...sizes,
			shards: shards.map(({ first }) => first),
			lists: lists.length,
			names: {
				terms: shards.map(({ name }) => name),
				words: lists.map(({ name }) => name),
				texts: chunks.map(({ name }) => name),
			},
		},
		files: new Map([
			...[...shards, ...lists].map(({ name, bytes }) => [searchFile(name), () => bytes] as const),
			...chunks.map(({ name, write }) => [searchFile(name), write] as const),
		]),
	};
}

type IndexedDocument = {
	entry: Names;
	terms: DocumentTerms;
	text: string;
	digest: string;
};

/** The searched parts of an entry beside its text. */
type Names = { title: string; summary: string; terms: readonly string[]; authors: readonly string[] };

/** Caches the terms of a source, valid while its title, terms, authors and summary stay the same. */
const known = new WeakMap<TextSource, IndexedDocument>();

function indexed(entry: Post | Page, source: TextSource | undefined): IndexedDocument {
	const names = namesOf(entry);
	const cached = source && known.get(source);
	if (cached !== undefined && isSame(cached.entry, names)) return cached;
	const { title, terms, authors, summary } = names;
	const body = withSummary(source?.text ?? "", summary);
	const lines = [title, ...terms, ...authors].map((name) => name.replace(/\n/g, " "));
	const text = `${lines.join("\n")}\n\n${body}`;
	const result: IndexedDocument = {
		entry: names,
		terms: documentTerms({ title, terms, authors, text: body }),
		text,
		digest: createHash("sha256").update(text).digest("hex").slice(0, 16),
	};
	if (source) known.set(source, result);
	return result;
}

function namesOf(entry: Post | Page): Names {
	const { title, summary } = entry;
	if (!("published" in entry)) return { title, summary, terms: [], authors: [] };
	const series = entry.series === null ? [] : [entry.series];
	return {
		title,
		summary,
		terms: [...entry.categories, ...entry.tags, ...series].map(({ name }) => name),
		authors: entry.authors.map(({ name }) => name),
	};
}

function isSame(a: Names, b: Names): boolean {
	return (
		a.title === b.title &&
		a.summary === b.summary &&
		a.terms.join("\n") === b.terms.join("\n") &&
		a.authors.join("\n") === b.authors.join("\n")
	);
}

/** Returns a text with the summary before it, unless that is an excerpt of its beginning. */
function withSummary(text: string, summary: string): string {
	if (text.startsWith(summary.replace(/…$/, ""))) return text;
	const compact = (part: string) => part.replace(/[\s…]+/g, "");
	return compact(text.slice(0, 1000)).includes(compact(summary)) ? text : `${summary}\n${text}`;
}

function textChunk(documents: readonly IndexedDocument[]): { name: string; write: () => Uint8Array } {
	const name = createHash("sha256")
		.update(documents.map((document) => document.digest).join())
		.digest("hex")
		.slice(0, 16);
	return { name, write: () => writeTexts(documents.map(({ text }) => text)) };
}

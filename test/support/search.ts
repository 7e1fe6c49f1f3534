import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSearch, createSearchCache } from "../../src/build/search-index.ts";
import { type Archive, openArchive } from "../../src/posts/archive.ts";
import type { Manifest } from "../../src/posts/manifest.ts";
import type { Page, Post } from "../../src/posts/post.ts";
import { openIndex, writeIndex } from "../../src/posts/post-index.ts";
import { type ReadAsset, readIndexFiles, type SearchIndexFiles } from "../../src/search/index-files.ts";
import { openSearch, type SearchResults } from "../../src/search/search.ts";
import { readBuiltContent } from "./bundle.ts";
import { samplePost } from "./post.ts";

/** A search without a Worker. */
export type TestSearch = {
	/** Searches all languages and years at a time, by default in the far future. */
	find(query: string, now?: number, page?: number): Promise<SearchResults>;
	/** The slugs of the results. */
	slugs(query: string, now?: number): Promise<string[]>;
	archive: Archive;
	index: SearchIndexFiles;
	/** Bytes of the index, and of the texts beside it. */
	sizes: { index: number; texts: number };
	/** Returns the files read since the last call. */
	reads(): string[];
};

/** A post of a test: its fields and its text. */
export type TestPost = Partial<Post> & { text?: string };

/** The instant at which everything in a test is public that ever will be. */
export const farFuture = Date.parse("2100-01-01");

/** Opens the search over posts, given in any order. */
export function searchOver(
	posts: readonly TestPost[],
	pages: readonly (Partial<Page> & { text?: string })[] = [],
) {
	const ordered = posts
		.map(({ text = "", ...fields }, at) => ({ text, entry: samplePost({ published: at, ...fields }) }))
		.sort((a, b) => b.entry.published - a.entry.published);
	const built = pages.map(({ text = "", ...fields }) => ({
		text,
		entry: { ...samplePost(fields), navigationOrder: null },
	}));
	const entries = ordered.map(({ entry }) => entry);
	const listed: Page[] = built.map(({ entry: { slug, title, lang, unlisted, ...rest } }) => {
		const { published: _, day: __, ...page } = { ...rest, slug, title, lang, unlisted };
		return page as unknown as Page;
	});
	const { index, files } = buildSearch(
		listed,
		entries,
		[...ordered, ...built].map(({ text, entry }) => ({ source: { text }, entry })),
		createSearchCache(),
	);
	const manifest = {
		site: { language: "en", authors: {}, postsPerPage: 10, markdown: {}, author: { name: "Mika" } },
		pages: listed,
	} as unknown as Manifest;
	return open(
		manifest,
		writeIndex(entries),
		index,
		async (path) => files.get(path)?.() ?? missing(path),
		[...files].map(([path, bytes]) => [path, bytes().length] as const),
	);
}

/** Opens the search over the output of a build. */
export async function searchOverBuild(outDir: string): Promise<TestSearch> {
	const { module, searchFiles } = await readBuiltContent(outDir);
	const { manifest, posts, search } = module as { manifest: Manifest; posts: string; search: string };
	const read: ReadAsset = async (path) => new Uint8Array(readFileSync(join(outDir, "assets", path)));
	const sizes = Object.entries(searchFiles).map(([path, file]) => [path, (file.length * 3) / 4] as const);
	return open(manifest, posts, JSON.parse(search), read, sizes);
}

function open(
	manifest: Manifest,
	posts: string,
	index: SearchIndexFiles,
	readFile: ReadAsset,
	files: readonly (readonly [path: string, bytes: number])[],
): TestSearch {
	const archive = openArchive(manifest, openIndex(posts), async () => "");
	let read: string[] = [];
	const search = openSearch(
		archive,
		index,
		readIndexFiles(index, (path) => {
			read.push(path);
			return readFile(path);
		}),
	);
	const sizeOf = (isIndex: boolean) =>
		files.filter(([path]) => /-[tw]\.bin$/.test(path) === isIndex).reduce((sum, [, bytes]) => sum + bytes, 0);
	const find: TestSearch["find"] = (query, now = farFuture, page = 1) =>
		search.search(query, { lang: null, category: null, year: null }, page, now);
	return {
		find,
		slugs: async (query, now) => (await find(query, now)).results.map(({ entry }) => entry.slug),
		archive,
		index,
		sizes: { index: sizeOf(true), texts: sizeOf(false) },
		reads() {
			const all = read;
			read = [];
			return all;
		},
	};
}

function missing(path: string): never {
	throw new Error(`There is no file ${path}.`);
}

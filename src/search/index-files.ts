import type { IndexReader, IndexShape } from "./lookup.ts";

/** The search index and the names of its files, which are static assets that only the Worker can read. */
export type SearchIndexFiles = IndexShape & {
	names: {
		/** Of the shards. */
		terms: readonly string[];
		/** Of the word lists. */
		words: readonly string[];
		/** Of the files of texts. */
		texts: readonly string[];
	};
};

/** Returns the path of a file of the index, by its name. */
export const searchFile = (name: string): string => `_search/${name}.bin`;

/** Reads a static asset by its path. */
export type ReadAsset = (path: string) => Promise<Uint8Array>;

/** Reads the files of an index from the assets. */
export function readIndexFiles({ names }: SearchIndexFiles, read: ReadAsset): IndexReader {
	const readFile = (of: readonly string[], at: number) => read(searchFile(of[at] ?? ""));
	return {
		terms: (shard) => readFile(names.terms, shard),
		texts: (chunk) => readFile(names.texts, chunk),
		async words(list) {
			const bytes = await readFile(names.words, list);
			const inflated = new Response(bytes as Uint8Array<ArrayBuffer>).body?.pipeThrough(
				new DecompressionStream("deflate-raw"),
			);
			return new Response(inflated ?? null).text();
		},
	};
}

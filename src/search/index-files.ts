import type { IndexReader, IndexShape } from "./lookup.ts";

/** The search index and the names of its files, which are static assets that only the Worker can read. */
export type SearchIndexFiles = IndexShape & {
	/** Begins the names of shards and word lists. */
	digest: string;
	/** Names of the files of texts, without ending. */
	texts: readonly string[];
};

/** Reads a static asset by its path. */
export type ReadAsset = (path: string) => Promise<Uint8Array>;

/** Reads the files of an index from the assets. */
export function readIndexFiles({ digest, texts }: SearchIndexFiles, read: ReadAsset): IndexReader {
	return {
		terms: (shard) => read(`_search/${digest}-t${shard}.bin`),
		texts: (chunk) => read(`_search/${texts[chunk] ?? ""}.bin`),
		async words(list) {
			const bytes = await read(`_search/${digest}-w${list}.bin`);
			const inflated = new Response(bytes as Uint8Array<ArrayBuffer>).body?.pipeThrough(
				new DecompressionStream("deflate-raw"),
			);
			return new Response(inflated ?? null).text();
		},
	};
}

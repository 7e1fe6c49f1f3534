import type { Fetcher } from "@cloudflare/workers-types";
import { createLruCache } from "../posts/lru-cache.ts";
import type { ReadAsset } from "../search/index-files.ts";
import { fetchAsset } from "./fetch-asset.ts";

/** Bytes an isolate keeps of the search index. */
const cacheSize = 4 * 1024 * 1024;

/** Reads files of the search index from static assets, which only the Worker can reach (`run_worker_first`). */
export function searchAssetReader(assets: Fetcher | undefined): ReadAsset {
	const cache = createLruCache<Uint8Array>(cacheSize);
	return async (path) => {
		const cached = cache.get(path);
		if (cached !== undefined) return cached;
		const bytes = new Uint8Array(await (await fetchAsset(path, assets)).arrayBuffer());
		cache.set(path, bytes, bytes.length);
		return bytes;
	};
}

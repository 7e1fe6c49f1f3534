import type { Fetcher } from "@cloudflare/workers-types";
import type { ReadChunk } from "../posts/bodies.ts";
import { createLruCache } from "../posts/lru-cache.ts";
import { fetchAsset } from "./fetch-asset.ts";

/** Bytes, at two a character: enough for the posts of lists and feeds to be read once. */
const cacheSize = 4 * 1024 * 1024;

/** Reads post bodies from static assets at these paths, which only the Worker can reach (`run_worker_first`). */
export function bodyAssetReader(paths: readonly string[], assets: Fetcher | undefined): ReadChunk {
	const cache = createLruCache<string>(cacheSize);
	return async (number) => {
		const path = paths[number] ?? "";
		const cached = cache.get(path);
		if (cached !== undefined) return cached;
		const text = await (await fetchAsset(path, assets)).text();
		cache.set(path, text, text.length * 2);
		return text;
	};
}

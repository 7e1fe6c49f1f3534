import type { Fetcher } from "@cloudflare/workers-types";
import type { ReadText } from "../posts/bodies.ts";
import { bounded } from "../posts/bounded.ts";

/** In bytes, of which a character may take two: what lists and feeds are made of is read once. */
const room = 4 * 1024 * 1024;

/** Reads bodies from the static assets at these paths, which only this Worker can: see `run_worker_first`. */
export function movedBodies(paths: readonly string[], assets: Fetcher | undefined): ReadText {
	const kept = bounded<string>(room);
	return async (number) => {
		const path = paths[number] ?? "";
		const known = kept.get(path);
		if (known !== undefined) return known;
		try {
			const text = await read(path, assets);
			kept.set(path, text, text.length * 2);
			return text;
		} catch (error) {
			console.error(JSON.stringify({ asset: path, error: String(error) }));
			throw error;
		}
	};
}

async function read(path: string, assets: Fetcher | undefined): Promise<string> {
	if (assets === undefined)
		throw new Error("There is no binding ASSETS; wrangler.toml has it under [assets].");
	// The host is of no consequence: the binding leads to this Worker's own assets.
	const response = await assets.fetch(`https://assets.local/${path}`);
	if (!response.ok) throw new Error(`The assets answered ${response.status}.`);
	return response.text();
}

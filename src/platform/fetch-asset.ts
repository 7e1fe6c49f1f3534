import type { Fetcher, Response } from "@cloudflare/workers-types";

/** Fetches a static asset of this Worker by its path; rejects if there is none. */
export async function fetchAsset(path: string, assets: Fetcher | undefined): Promise<Response> {
	if (assets === undefined)
		throw new Error("The ASSETS binding is missing; add it to [assets] in wrangler.toml.");
	// Any host will do: the binding serves this Worker's own assets.
	const response = await assets.fetch(`https://assets.local/${path}`);
	if (!response.ok) throw new Error(`The asset server answered ${response.status} for ${path}.`);
	return response;
}

import type { Purge } from "../freshness/flush.ts";

type Outcome = { success: boolean; errors?: unknown };

/** The part of the platform's execution context that reaches the cache in front of the Worker, where there is one. */
type CacheContext = {
	cache?: {
		purge(what: { tags: string[] }): Promise<Outcome>;
		invalidate(what: { tags: string[] }): Promise<Outcome>;
	};
};

/** Purges through Workers Cache. With no cache in front, as on a local machine, there is nothing to purge. */
export function edgeCachePurge(context: object): Purge {
	return async (how, tags) => {
		const { cache } = context as CacheContext;
		if (cache === undefined) return true;
		const what = { tags: [...tags] };
		try {
			const { success, errors } = await (how === "drop" ? cache.purge(what) : cache.invalidate(what));
			if (!success) console.error(JSON.stringify({ event: "purge refused", how, tags: tags.length, errors }));
			return success;
		} catch (error) {
			console.error(JSON.stringify({ event: "purge failed", how, tags: tags.length, error: String(error) }));
			return false;
		}
	};
}

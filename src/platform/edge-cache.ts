import type { Purge } from "../caching/invalidation.ts";
import type { Log } from "../log.ts";

type PurgeResult = { success: boolean; errors?: unknown };

/** The part of the execution context that purges the cache in front of the Worker, where there is one. */
type CacheContext = {
	cache?: {
		purge(options: { tags: string[] }): Promise<PurgeResult>;
		invalidate(options: { tags: string[] }): Promise<PurgeResult>;
	};
};

/** Purges Workers Cache. Does nothing without one, as on a local server. */
export function edgeCachePurge(context: object, log: Log): Purge {
	return async (how, tags) => {
		const { cache } = context as CacheContext;
		if (cache === undefined) return true;
		const options = { tags: [...tags] };
		try {
			const { success, errors } = await (how === "drop" ? cache.purge(options) : cache.invalidate(options));
			if (!success) log("purge refused", { how, tags: tags.length, errors });
			return success;
		} catch (error) {
			log("purge failed", { how, tags: tags.length, error });
			return false;
		}
	};
}

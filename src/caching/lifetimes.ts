/**
 * Lifetimes in the cache in front, in seconds. `fresh` is also the longest a page can be outdated when every purge fails:
 * without `stale-while-revalidate`, which would show one more reader the page from before a change. `failing` applies only
 * while the Worker returns errors.
 */
export const edgeLifetime = { fresh: 600, failing: 86_400 } as const;

/** Returns the edge's directives (RFC 9111, RFC 5861) for a page that changes by itself at `changesAt` (epoch milliseconds), or never. */
export function edgeCacheControl(now: number, changesAt: number | null): string {
	const left = changesAt === null ? edgeLifetime.fresh : Math.max(0, Math.floor((changesAt - now) / 1000));
	return `public, max-age=${Math.min(edgeLifetime.fresh, left)}, stale-if-error=${edgeLifetime.failing}`;
}

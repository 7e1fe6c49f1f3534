/**
 * How long the cache in front may answer for the Worker, in seconds. `fresh` is also the longest a page can be wrong
 * when every purge fails: nothing is served stale while it is fetched anew, since a page marked stale by a change would
 * then show one more reader what it was. `failing` counts only while the Worker answers with errors.
 */
export const edgeLifetime = { fresh: 600, failing: 86_400 } as const;

/** The edge's directives (RFC 9111, RFC 5861) for a page that changes by itself at `changesAt` (epoch milliseconds), or never. */
export function edgeDirectives(now: number, changesAt: number | null): string {
	const left = changesAt === null ? edgeLifetime.fresh : Math.max(0, Math.floor((changesAt - now) / 1000));
	return `public, max-age=${Math.min(edgeLifetime.fresh, left)}, stale-if-error=${edgeLifetime.failing}`;
}

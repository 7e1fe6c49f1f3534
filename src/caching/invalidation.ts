import type { Budget } from "../budget.ts";
import { runEach } from "../errors.ts";
import type { CachedPageRepository } from "./cached-pages.ts";
import type { PendingPurge, PendingPurgeRepository } from "./pending-purges.ts";
import { purgeScopes, tagsInScope } from "./tags.ts";

/**
 * Purges every page with one of the tags from the cache in front. `drop` deletes the pages: something was removed and must
 * not be seen again. `expire` keeps them as a fallback for when the Worker fails. Returns false if the purge was refused.
 */
export type Purge = (how: "drop" | "expire", tags: readonly string[]) => Promise<boolean>;

/** The pages to purge from the cache in front, the call that purges them, and the pages stored in the database. */
export type Caching = {
	pendingPurges: PendingPurgeRepository;
	purge: Purge;
	cachedPages: CachedPageRepository;
	/** The deployment that renders pages: its version, and settings outside it that show; null if no page is to be stored. */
	deployment: string | null;
};

/** Posts in one purge, which takes at most a hundred tags; a post has up to two. */
const postsPerPurge = 49;

/** Milliseconds until the second purge, which catches pages whose rendering began before the change. */
const secondPurgeDelay = 10_000;

/** The costs of looking for pages to purge, of the lock, and of purging them. */
const costs = {
	look: { statements: 1, rows: postsPerPurge + 1 },
	lock: { statements: 1, rows: 2 },
	purge: { statements: 3, subrequests: 2, rows: 10 * postsPerPurge },
} as const;

/**
 * Purges pages that have changed, unless another caller is doing so. Returns `wait` if some are left for later, and `spent`
 * if the budget does not allow it.
 */
export async function purgePending(
	{ pendingPurges, purge }: Pick<Caching, "pendingPurges" | "purge">,
	budget: Budget,
	now: number,
): Promise<"done" | "wait" | "spent"> {
	if (!budget.take(costs.look)) return "spent";
	const due = () => pendingPurges.due(now - secondPurgeDelay, now, postsPerPurge + 1);
	if ((await due()).length === 0) return "done";
	if (!budget.take(costs.lock)) return "spent";
	if (!(await pendingPurges.acquire(now))) return "wait";
	if (!budget.take(costs.purge)) return "spent";
	// Read again under the lock, to include what changed meanwhile.
	const found = await due();
	const pending = found.slice(0, postsPerPurge);
	const dropped = pending.filter(({ scope }) => scope & purgeScopes.removal);
	const expired = pending.filter(({ scope }) => !(scope & purgeScopes.removal));
	const purged: PendingPurge[] = [];
	const purgeBy = async (how: "drop" | "expire", rows: readonly PendingPurge[]) => {
		if (await allPurged(how, rows, purge)) purged.push(...rows);
	};
	await runEach([
		// Each stores its own purges, even if the other fails.
		() => runEach([() => purgeBy("drop", dropped), () => purgeBy("expire", expired)]),
		() => pendingPurges.markPurged(purged, now),
	]);
	return found.length > postsPerPurge || purged.length < pending.length ? "wait" : "done";
}

async function allPurged(
	how: "drop" | "expire",
	pending: readonly PendingPurge[],
	purge: Purge,
): Promise<boolean> {
	const tags = new Set(pending.flatMap(({ postId, scope }) => tagsInScope(postId, scope)));
	return tags.size === 0 || purge(how, [...tags]);
}

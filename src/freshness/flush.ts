import type { Stale, StaleRepository } from "./repository.ts";
import { reaches, tagsReached } from "./tags.ts";

/**
 * Asks the cache in front to let go of every page that carries one of the tags. `drop` forgets them: something was taken
 * back and must not be seen again. `expire` keeps them for the case that the Worker fails. False when it was refused.
 */
export type Purge = (how: "drop" | "expire", tags: readonly string[]) => Promise<boolean>;

/** A purge takes at most a hundred tags; a post has up to two of its own. */
const postsAtOnce = 49;

/** Milliseconds after which a render that began before the change is over, so that a second purge catches what it left. */
const settleAfter = 10_000;

/** Purges the pages of what has changed, if it is this caller's turn. `wait` means that something is left for later. */
export async function flushStale(
	repository: StaleRepository,
	purge: Purge,
	now: number,
): Promise<"done" | "wait"> {
	const due = () => repository.due(now - settleAfter, postsAtOnce + 1);
	if ((await due()).length === 0) return "done";
	if (!(await repository.acquire(now))) return "wait";
	// Read again now that it is our turn, so that what changed meanwhile goes along.
	const found = await due();
	const stale = found.slice(0, postsAtOnce);
	const dropped = stale.filter(({ reach }) => reach & reaches.removal);
	const expired = stale.filter(({ reach }) => !(reach & reaches.removal));
	const purged = [
		...((await allPurged("drop", dropped, purge)) ? dropped : []),
		...((await allPurged("expire", expired, purge)) ? expired : []),
	];
	await repository.purged(purged, now);
	return found.length > postsAtOnce || purged.length < stale.length ? "wait" : "done";
}

async function allPurged(how: "drop" | "expire", stale: readonly Stale[], purge: Purge): Promise<boolean> {
	const tags = new Set(stale.flatMap(({ postId, reach }) => tagsReached(postId, reach)));
	return tags.size === 0 || purge(how, [...tags]);
}

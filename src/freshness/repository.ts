/** A post whose pages have changed since they were last purged. */
export type Stale = { postId: string; reach: number; revision: number; purgedAt: number | null };

/** What the domain asks of the place changes are noted in. Instants are epoch milliseconds. */
export type StaleRepository = {
	/** Takes the right to purge once, if nobody else has it and the account's budget allows one more. */
	acquire(now: number): Promise<boolean>;
	/** Posts never purged since they changed, and those purged before `settledBefore`, oldest first. */
	due(settledBefore: number, limit: number): Promise<readonly Stale[]>;
	/** Notes what was purged: once purged it waits to be purged again, twice purged it is done. */
	purged(stale: readonly Stale[], now: number): Promise<void>;
	/** How often the conversation on a post has changed; the same number means the same conversation. */
	revision(postId: string): Promise<number>;
};

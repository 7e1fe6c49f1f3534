/** A post whose pages have changed since they were last purged. */
export type PendingPurge = { postId: string; scope: number; revision: number; purgedAt: number | null };

/** Stores which pages have to be purged. Times are epoch milliseconds. */
export type PendingPurgeRepository = {
	/** Acquires the lock for one purge, unless it is held or the account's purge budget is used up. */
	acquire(now: number): Promise<boolean>;
	/**
	 * Returns posts not purged since they changed, and those first purged before `purgedBefore`, oldest first; also those
	 * purged after `now`, before the clock was set back.
	 */
	due(purgedBefore: number, now: number, limit: number): Promise<readonly PendingPurge[]>;
	/** Records a purge: after the first a post waits for the second, after which it is done. */
	markPurged(purges: readonly PendingPurge[], now: number): Promise<void>;
	/** Returns the revision of a post's conversation, which increases with every visible change, also to all threads. */
	revision(postId: string): Promise<number>;
};

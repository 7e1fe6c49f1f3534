/** The thread properties that moderators change. */
export type ThreadRepository = {
	/** Returns when the thread was closed, and the id of its pinned comment. */
	find(postId: string): Promise<{ closedAt: number | null; pinnedId: number | null }>;
	/** Lists at most `limit` posts with public comments after a post in the order of ids, and at first those whose comments wait. */
	list(after: string, limit: number): Promise<readonly ThreadSummary[]>;
};

/** A post with the numbers of its public and, as far as they were counted, its waiting comments. */
export type ThreadSummary = { postId: string; count: number; waiting: number };

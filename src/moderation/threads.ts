/** The thread properties that moderators change. */
export type ThreadRepository = {
	/** Returns when the thread was closed, and the id of its pinned comment. */
	find(postId: string): Promise<{ closedAt: number | null; pinnedId: number | null }>;
};

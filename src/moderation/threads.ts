/** The thread properties moderators change. The caller records each change. */
export type ThreadRepository = {
	/** Closes a thread at an instant (epoch milliseconds), or opens it with null; false when it already is. */
	setClosed(postId: string, at: number | null): Promise<boolean>;
	/** Returns when the thread was closed, and the id of its pinned comment. */
	find(postId: string): Promise<{ closedAt: number | null; pinnedId: number | null }>;
	/** Pins a published comment to the top of its thread, or none with null; false when it already is. */
	setPinned(postId: string, commentId: number | null): Promise<boolean>;
};

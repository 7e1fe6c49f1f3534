/** What the desk changes of a whole thread; each is recorded by whoever calls. */
export type ThreadRepository = {
	/** Closes a thread at an instant (epoch milliseconds), or opens it with null; false when it is so already. */
	setClosed(postId: string, at: number | null): Promise<boolean>;
	/** When it was closed, and the id of its pinned comment. */
	find(postId: string): Promise<{ closedAt: number | null; pinnedId: number | null }>;
	/** Sets a published comment before all others of its thread, or none with null; false when it is so already. */
	setPinned(postId: string, commentId: number | null): Promise<boolean>;
};

import type { Validator } from "./context.ts";

/** Validates what shows a post's comments by its revision number, which changes with every visible change of the thread. */
export const revisionValidator = (postId: string, revision: number): Validator => ({
	read: async ({ caching }) => String(await caching.pendingPurges.revision(postId)),
	value: String(revision),
});

/** Validates a list by its posts' comment counts. */
export const countsValidator = (ids: readonly string[], counts: ReadonlyMap<string, number>): Validator => ({
	read: async ({ conversation }) => JSON.stringify([...(await conversation.comments.counts(ids))]),
	value: JSON.stringify([...counts]),
});

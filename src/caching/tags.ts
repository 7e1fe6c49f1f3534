/** The pages a change affects, as bit flags set by triggers. */
export const purgeScopes = { thread: 1, counts: 2, commentFeeds: 4, removal: 8 } as const;

/** Returns the tag of pages that show a post's thread. */
export const threadTag = (postId: string): string => tag("thread", postId);

/** The tag of every page that shows a thread. */
export const allThreadsTag = threadTag("");

/** Returns the tag of lists that show a post's comment count. */
export const countTag = (postId: string): string => tag("count", postId);

/** The tag of the site-wide comment feeds. */
export const commentFeedTag = "comments";

/** Returns the tags to purge for a scope; the empty post id stands for all threads. */
export function tagsInScope(postId: string, scope: number): string[] {
	return [
		...(scope & purgeScopes.thread ? [threadTag(postId)] : []),
		...(scope & purgeScopes.counts ? [countTag(postId)] : []),
		...(scope & purgeScopes.commentFeeds ? [commentFeedTag] : []),
	];
}

/** Encodes a post id as a cache tag, which is case-insensitive printable ASCII without spaces or commas. */
function tag(kind: string, postId: string): string {
	return `${kind}:${encodeURIComponent(postId).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}

/** What a change of the conversation reaches; kept as bits by the triggers that note it. */
export const reaches = { thread: 1, counts: 2, commentFeeds: 4, removal: 8 } as const;

/** The pages of one post's thread. */
export const threadTag = (postId: string): string => tag("thread", postId);

/** Lists that show how many comments a post has. */
export const countTag = (postId: string): string => tag("count", postId);

/** Feeds of the whole site's comments. */
export const commentFeedTag = "comments";

/** The tags a change asks to purge. */
export function tagsReached(postId: string, reach: number): string[] {
	return [
		...(reach & reaches.thread ? [threadTag(postId)] : []),
		...(reach & reaches.counts ? [countTag(postId)] : []),
		...(reach & reaches.commentFeeds ? [commentFeedTag] : []),
	];
}

/** A cache tag is printable ASCII without spaces or commas, and upper and lower case are one; post ids are none of that. */
function tag(kind: string, postId: string): string {
	return `${kind}:${encodeURIComponent(postId).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}

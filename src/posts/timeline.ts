import type { Post } from "./post.ts";

/** Posts by publication date. Instants are epoch milliseconds. */
export type Timeline = {
	/** Published posts, newest first; returns the same array until the next publication. */
	published(now: number): readonly Post[];
	/** The instant of the next publication, or null when none is scheduled. */
	nextPublication(now: number): number | null;
};

/** Creates a timeline of posts given newest first, without drafts and those to leave out. */
export function createTimeline(posts: readonly Post[], leftOut: ReadonlySet<Post> = new Set()): Timeline {
	const dated = posts.filter((post) => !post.draft && !leftOut.has(post));
	let current = { from: -1, posts: dated };
	return {
		published(now) {
			const from = countScheduled(dated, now);
			if (from !== current.from) current = { from, posts: from === 0 ? dated : dated.slice(from) };
			return current.posts;
		},
		nextPublication: (now) => dated[countScheduled(dated, now) - 1]?.published ?? null,
	};
}

/** Returns the position of a post in a list in index order, or -1. */
export function findPosition(post: Post, posts: readonly Post[]): number {
	let at = countScheduled(posts, post.published);
	while (posts[at]?.published === post.published && posts[at] !== post) at++;
	return posts[at] === post ? at : -1;
}

/** Returns the number of posts scheduled after `now`, by binary search because every page needs it. */
function countScheduled(posts: readonly Post[], now: number): number {
	let [low, high] = [0, posts.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((posts[middle]?.published ?? now) > now) low = middle + 1;
		else high = middle;
	}
	return low;
}

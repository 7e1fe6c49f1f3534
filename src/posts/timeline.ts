import type { Post } from "./post.ts";

/** Posts that come out one by one. Instants are epoch milliseconds. */
export type Timeline = {
	/** Those that are out, newest first: the same array until the next one comes out. */
	published(now: number): readonly Post[];
	/** When the next one comes out, or null when none is waiting. */
	changesAt(now: number): number | null;
};

/** Orders posts, newest first as the manifest has them, for looking them up at any instant; drafts never come out. */
export function timelineOf(posts: readonly Post[]): Timeline {
	const dated = posts.filter((post) => !post.draft);
	let shown = { from: -1, posts: dated };
	return {
		published(now) {
			const from = firstOut(dated, now);
			if (from !== shown.from) shown = { from, posts: from === 0 ? dated : dated.slice(from) };
			return shown.posts;
		},
		changesAt: (now) => dated[firstOut(dated, now) - 1]?.published ?? null,
	};
}

/** Where a post stands in a run of posts ordered as the manifest's, or -1. */
export function positionOf(post: Post, posts: readonly Post[]): number {
	let at = firstOut(posts, post.published);
	while (posts[at]?.published === post.published && posts[at] !== post) at++;
	return posts[at] === post ? at : -1;
}

/** The number of posts that are still to come: a binary search, as every page asks. */
function firstOut(posts: readonly Post[], now: number): number {
	let [low, high] = [0, posts.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((posts[middle]?.published ?? now) > now) low = middle + 1;
		else high = middle;
	}
	return low;
}

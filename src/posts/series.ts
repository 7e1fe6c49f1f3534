import type { Post } from "./post.ts";

/** A post's position among the published parts of its series; `number` counts from 1, the oldest part. */
export type SeriesPosition = {
	name: string;
	slug: string;
	number: number;
	count: number;
	earlier: Post | null;
	later: Post | null;
};

/** Finds a post's position among the published posts of its series, given newest first. */
export function findSeriesPosition(
	post: Post,
	series: { name: string; slug: string; posts: readonly Post[] },
): SeriesPosition | null {
	const { name, slug, posts } = series;
	const at = posts.indexOf(post);
	if (at < 0) return null;
	return {
		name,
		slug,
		number: posts.length - at,
		count: posts.length,
		earlier: posts[at + 1] ?? null,
		later: posts[at - 1] ?? null,
	};
}

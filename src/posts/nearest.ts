import { likenessOf } from "./likeness.ts";
import { decodePath } from "./paths.ts";
import type { Post } from "./post.ts";

/**
 * The published posts whose slug or title is most like what an address ends in, the likest first. The work is bounded:
 * ten thousand posts, and sixty-four letters of each name.
 */
export function nearestPosts(path: string, posts: readonly Post[], limit: number): Post[] {
	const likenessTo = likenessOf(lastPart(path), mostLetters);
	const near: { post: Post; likeness: number }[] = [];
	for (let at = 0; at < Math.min(posts.length, mostPosts); at++) {
		const post = posts[at];
		if (post === undefined) break;
		const likeness = Math.max(likenessTo(post.slug), likenessTo(post.title));
		if (likeness < leastLikeness || likeness <= (near[limit - 1]?.likeness ?? 0)) continue;
		near.push({ post, likeness });
		near.sort((a, b) => b.likeness - a.likeness).splice(limit);
	}
	return near.map(({ post }) => post);
}

const mostPosts = 10_000;
const mostLetters = 64;
/** Below this, what two names share is chance. */
const leastLikeness = 0.4;

/** The last segment that says something, without an ending such as `.html`. */
function lastPart(path: string): string {
	const segments = decodePath(path)
		.normalize("NFC")
		.split("/")
		.map((segment) => segment.replace(/\.(?:html?|php|aspx?)$/i, ""));
	return segments.findLast((segment) => segment !== "" && !/^\d{1,4}$/.test(segment)) ?? "";
}

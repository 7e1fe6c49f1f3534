import { compareWith } from "./dice-similarity.ts";
import { decodePath } from "./paths.ts";
import type { Post } from "./post.ts";

/**
 * Finds the posts whose slug or title is most similar to the end of an address, best match first. The work is bounded:
 * ten thousand posts, and sixty-four letters of each name.
 */
export function findSimilarPosts(path: string, posts: readonly Post[], limit: number): Post[] {
	const similarityTo = compareWith(lastPart(path), maxLetters);
	const matches: { post: Post; similarity: number }[] = [];
	for (let at = 0; at < Math.min(posts.length, maxPosts); at++) {
		const post = posts[at];
		if (post === undefined) break;
		const similarity = Math.max(similarityTo(post.slug), similarityTo(post.title));
		if (similarity < minSimilarity || similarity <= (matches[limit - 1]?.similarity ?? 0)) continue;
		matches.push({ post, similarity });
		matches.sort((a, b) => b.similarity - a.similarity).splice(limit);
	}
	return matches.map(({ post }) => post);
}

const maxPosts = 10_000;
const maxLetters = 64;
/** Similarity below this is coincidence. */
const minSimilarity = 0.4;

/** Returns the last segment that is not a number, without an extension such as `.html`. */
function lastPart(path: string): string {
	const segments = decodePath(path)
		.normalize("NFC")
		.split("/")
		.map((segment) => segment.replace(/\.(?:html?|php|aspx?)$/i, ""));
	return segments.findLast((segment) => segment !== "" && !/^\d{1,4}$/.test(segment)) ?? "";
}

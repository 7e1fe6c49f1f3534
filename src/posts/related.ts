import { compareWith } from "./dice-similarity.ts";
import type { Post } from "./post.ts";
import type { Taxonomy } from "./taxonomy.ts";
import { findPosition } from "./timeline.ts";

/**
 * Finds the published posts in the same language that are most related to a post: those that share its rarer tags and
 * categories, then those with the most similar title and summary. `all` are the published posts, newest first. The work
 * is bounded for any size of blog: it considers a limited number of posts per term, and those nearest in time.
 */
export function findRelatedPosts(
	post: Post,
	all: readonly Post[],
	taxonomy: Taxonomy,
	now: number,
	limit: number,
): Post[] {
	const scores = new Map<Post, number>();
	for (const by of ["tag", "category"] as const) {
		const terms = by === "tag" ? post.tags : post.categories;
		for (const { slug } of terms.slice(0, maxTerms)) {
			const sharing = taxonomy.group(by, slug)?.published(now) ?? [];
			// Terms of many posts say little about any two of them.
			const weight = termWeight[by] * Math.log(1 + all.length / sharing.length);
			for (const other of nearestInTime(post, sharing, maxPostsPerTerm)) {
				scores.set(other, (scores.get(other) ?? 0) + weight);
			}
		}
	}
	const sharing = [...scores.keys()].filter((other) => isCandidate(other, post));
	const shortList = sharing.sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0)).slice(0, maxCompared);
	const others = nearestInTime(post, all, maxNearby).filter(
		(other) => !scores.has(other) && isCandidate(other, post),
	);
	const similarityTo = compareWith(textOf(post), maxLetters);
	return [...shortList, ...others]
		.map((other) => {
			const textSimilarity = similarityTo(textOf(other));
			const shared = scores.get(other);
			return {
				other,
				score: shared === undefined ? textSimilarity - minSimilarity : shared + textWeight * textSimilarity,
			};
		})
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score)
		.slice(0, limit)
		.map(({ other }) => other);
}

const termWeight = { tag: 1, category: 0.4 } as const;
const textWeight = 2;
/** Similarity of unrelated texts by chance; posts without a common term must exceed it. */
const minSimilarity = 0.45;

const maxTerms = 12;
const maxPostsPerTerm = 200;
const maxCompared = 40;
const maxNearby = 200;
const maxLetters = 240;

/** Excludes translations and other parts of the series, which have their own links. */
function isCandidate(other: Post, post: Post): boolean {
	if (other === post || other.lang !== post.lang) return false;
	if (post.series !== null && other.series?.slug === post.series.slug) return false;
	return post.translation === null || other.translation !== post.translation;
}

/** Returns the posts nearest in time to a post, at most `limit`. */
function nearestInTime(post: Post, posts: readonly Post[], limit: number): readonly Post[] {
	if (posts.length <= limit) return posts;
	const start = Math.max(0, Math.min(findPosition(post, posts) - (limit >> 1), posts.length - limit));
	return posts.slice(start, start + limit);
}

function textOf({ title, summary }: Post): string {
	return `${title} ${summary}`;
}

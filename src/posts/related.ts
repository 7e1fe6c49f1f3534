import type { Catalogue } from "./catalogue.ts";
import { likenessOf } from "./likeness.ts";
import type { Post } from "./post.ts";
import { positionOf } from "./timeline.ts";

/**
 * The published posts in a post's language that have most to do with it: those that share its rarer tags and categories,
 * then those whose title and summary are most like its own. `all` are the published posts, newest first. The work is
 * bounded whatever the size of the blog: the newest posts of each term, and the neighbours in time.
 */
export function relatedPosts(
	post: Post,
	all: readonly Post[],
	catalogue: Catalogue,
	now: number,
	limit: number,
): Post[] {
	const scores = new Map<Post, number>();
	for (const by of ["tag", "category"] as const) {
		const terms = by === "tag" ? post.tags : post.categories;
		for (const { slug } of terms.slice(0, mostTerms)) {
			const sharing = catalogue.group(by, slug)?.published(now) ?? [];
			// What many posts share says little about any two of them.
			const weight = termWeight[by] * Math.log(1 + all.length / sharing.length);
			for (const other of around(post, sharing, mostOfTerm)) {
				scores.set(other, (scores.get(other) ?? 0) + weight);
			}
		}
	}
	const sharing = [...scores.keys()].filter((other) => isCandidate(other, post));
	const shortList = sharing
		.sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0))
		.slice(0, mostCompared);
	const others = around(post, all, mostNear).filter(
		(other) => !scores.has(other) && isCandidate(other, post),
	);
	const likeness = likenessOf(textOf(post), mostLetters);
	return [...shortList, ...others]
		.map((other) => {
			const alike = likeness(textOf(other));
			const shared = scores.get(other);
			return { other, score: shared === undefined ? alike - leastLikeness : shared + textWeight * alike };
		})
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score)
		.slice(0, limit)
		.map(({ other }) => other);
}

const termWeight = { tag: 1, category: 0.4 } as const;
const textWeight = 2;
/** What two texts of one language have in common by chance; below it nothing is related that shares no term. */
const leastLikeness = 0.45;

const mostTerms = 12;
const mostOfTerm = 200;
const mostCompared = 40;
const mostNear = 200;
const mostLetters = 240;

/** Translations and the parts of a series are linked by themselves. */
function isCandidate(other: Post, post: Post): boolean {
	if (other === post || other.lang !== post.lang) return false;
	if (post.series !== null && other.series === post.series) return false;
	return post.translation === null || other.translation !== post.translation;
}

/** The posts of a run nearest to one in time, up to a number. */
function around(post: Post, posts: readonly Post[], most: number): readonly Post[] {
	if (posts.length <= most) return posts;
	const start = Math.max(0, Math.min(positionOf(post, posts) - (most >> 1), posts.length - most));
	return posts.slice(start, start + most);
}

function textOf({ title, summary }: Post): string {
	return `${title} ${summary}`;
}

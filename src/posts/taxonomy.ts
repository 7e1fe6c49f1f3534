import { lazy } from "./lazy.ts";
import type { Listing } from "./locations.ts";
import { foldCase } from "./paths.ts";
import type { Post, Term } from "./post.ts";
import { createTimeline, type Timeline } from "./timeline.ts";

/** Property that groups posts. Keys: a listing's slug, a lower-case BCP 47 tag, a translation key, a `dateKey`. */
export type GroupKind = Listing | "language" | "translation" | "date";

/** The posts with a common term, and the term's name and slug. The timeline has no unlisted posts, `all` has them too. */
export type PostGroup = Term & Timeline & { all(now: number): readonly Post[] };

/** All posts with a common term, drafts included, in index order. */
export type GroupedPosts = Term & { posts: readonly Post[] };

/** Looks up groups of posts. Each kind of group is built on first use. */
export type Taxonomy = {
	group(by: GroupKind, key: string): PostGroup | null;
	/** All groups of a kind, ordered by their newest posts. */
	groups(by: GroupKind): readonly PostGroup[];
};

const termsBy: Readonly<Record<GroupKind, (post: Post) => readonly Term[]>> = {
	category: (post) => post.categories,
	tag: (post) => post.tags,
	author: (post) => post.authors,
	series: (post) => (post.series === null ? [] : [post.series]),
	language: (post) => [{ name: post.lang, slug: post.lang.toLowerCase() }],
	translation: ({ translation }) => (translation === null ? [] : [{ name: translation, slug: translation }]),
	date: ({ day }) => [toDateTerm(day.year, null), toDateTerm(day.year, day.month)],
};

/** All kinds of groups. */
export const groupKinds = Object.keys(termsBy) as GroupKind[];

/** Opens the taxonomy; `groupsOf` returns the groups of a kind, ordered by their newest posts. */
export function openTaxonomy(
	groupsOf: (by: GroupKind) => readonly GroupedPosts[],
	unlisted: () => ReadonlySet<Post> = () => new Set(),
): Taxonomy {
	const opened = new Map<GroupKind, ReadonlyMap<string, PostGroup>>();
	const groupsBy = (by: GroupKind) => {
		const known =
			opened.get(by) ??
			new Map(groupsOf(by).map((group) => [foldCase(group.slug), openGroup(group, unlisted())]));
		opened.set(by, known);
		return known;
	};
	return {
		group: (by, key) => groupsBy(by).get(foldCase(key)) ?? null,
		groups: (by) => [...groupsBy(by).values()],
	};
}

/** Returns the key of a year, or of one of its months. */
export function dateKey(year: number, month: number | null): string {
	return month === null ? String(year) : `${year}-${month}`;
}

/** Groups posts, given newest first, by a property. */
export function groupPosts(posts: readonly Post[], by: GroupKind): GroupedPosts[] {
	const groups = new Map<string, Term & { posts: Post[] }>();
	for (const post of posts) {
		for (const { name, slug } of termsBy[by](post)) {
			const key = foldCase(slug);
			const group = groups.get(key);
			if (group === undefined) groups.set(key, { name, slug, posts: [post] });
			else group.posts.push(post);
		}
	}
	return [...groups.values()];
}

/** Opens a group. Its timeline is built on first use: a blog has thousands of tags, and a page needs a few. */
function openGroup({ name, slug, posts }: GroupedPosts, unlisted: ReadonlySet<Post>): PostGroup {
	const timeline = lazy(() => createTimeline(posts, unlisted));
	const all = lazy(() => (unlisted.size === 0 ? timeline() : createTimeline(posts)));
	return {
		name,
		slug,
		published: (now) => timeline().published(now),
		nextPublication: (now) => timeline().nextPublication(now),
		all: (now) => all().published(now),
	};
}

function toDateTerm(year: number, month: number | null): Term {
	return { name: "", slug: dateKey(year, month) };
}

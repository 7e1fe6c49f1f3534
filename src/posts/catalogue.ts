import type { Listing } from "./locations.ts";
import { once } from "./once.ts";
import { fold, slugify } from "./paths.ts";
import type { Post, Term } from "./post.ts";
import { type Timeline, timelineOf } from "./timeline.ts";

/** What posts are looked up by: a listing's slug, a lower-case BCP 47 tag, a translation key, a `dateKey`. */
export type Shared = Listing | "language" | "translation" | "date";

/** Posts that share something, and the name it is shown by. */
export type Group = Term & Timeline;

/** The same with all its posts, drafts too, in the order of the index. */
export type Gathered = Term & { posts: readonly Post[] };

/** Finds the posts that share something. Each kind of group is made when it is first asked for. */
export type Catalogue = {
	group(by: Shared, key: string): Group | null;
	/** Every group of a kind, in the order of its newest post. */
	groups(by: Shared): readonly Group[];
};

const sharedBy: Readonly<Record<Shared, (post: Post) => readonly Term[]>> = {
	category: (post) => post.categories,
	tag: (post) => post.tags,
	author: (post) => [named(post.author)],
	series: (post) => (post.series === null ? [] : [named(post.series)]),
	language: (post) => [{ name: post.lang, slug: post.lang.toLowerCase() }],
	translation: ({ translation }) => (translation === null ? [] : [{ name: translation, slug: translation }]),
	date: ({ day }) => [dateTerm(day.year, null), dateTerm(day.year, day.month)],
};

/** Every kind of group. */
export const sharedKinds = Object.keys(sharedBy) as Shared[];

/** Opens the groups that `gathered` gives of each kind, in the order of their newest posts. */
export function catalogueOf(gathered: (by: Shared) => readonly Gathered[]): Catalogue {
	const made = new Map<Shared, ReadonlyMap<string, Group>>();
	const groupsBy = (by: Shared) => {
		const known = made.get(by) ?? new Map(gathered(by).map((group) => [fold(group.slug), opened(group)]));
		made.set(by, known);
		return known;
	};
	return {
		group: (by, key) => groupsBy(by).get(fold(key)) ?? null,
		groups: (by) => [...groupsBy(by).values()],
	};
}

/** The key of a year, or of a month of it. */
export function dateKey(year: number, month: number | null): string {
	return month === null ? String(year) : `${year}-${month}`;
}

/** Gathers the posts that share something, given newest first. */
export function gather(posts: readonly Post[], by: Shared): Gathered[] {
	const gathered = new Map<string, Term & { posts: Post[] }>();
	for (const post of posts) {
		for (const { name, slug } of sharedBy[by](post)) {
			const key = fold(slug);
			const group = gathered.get(key);
			if (group === undefined) gathered.set(key, { name, slug, posts: [post] });
			else group.posts.push(post);
		}
	}
	return [...gathered.values()];
}

/** A blog has thousands of tags and a page asks for a few, so each is put in order when it is asked. */
function opened({ name, slug, posts }: Gathered): Group {
	const timeline = once(() => timelineOf(posts));
	return {
		name,
		slug,
		published: (now) => timeline().published(now),
		changesAt: (now) => timeline().changesAt(now),
	};
}

function named(name: string): Term {
	return { name, slug: slugify(name) };
}

function dateTerm(year: number, month: number | null): Term {
	return { name: "", slug: dateKey(year, month) };
}

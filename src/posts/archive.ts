import type { Script } from "../text/scripts.ts";
import { type ResolvedAddress, resolveAddress } from "./addresses.ts";
import { type Bodies, openBodies, type ReadChunk } from "./bodies.ts";
import { lazy } from "./lazy.ts";
import type { Listing } from "./locations.ts";
import { createLruCache } from "./lru-cache.ts";
import type { Manifest } from "./manifest.ts";
import { decodePath, pathKey } from "./paths.ts";
import type { Page, Post } from "./post.ts";
import { createPostDirectory, isPublic } from "./post-directory.ts";
import type { PostIndex } from "./post-index.ts";
import { findRelatedPosts } from "./related.ts";
import { findSeriesPosition, type SeriesPosition } from "./series.ts";
import type { Site } from "./site.ts";
import { dateKey, type GroupKind, openTaxonomy, type PostGroup } from "./taxonomy.ts";
import { createTimeline, findPosition } from "./timeline.ts";

/** One page of a paginated list of posts; `number` counts from 1. */
export type PostList = { posts: readonly Post[]; number: number; last: number };

/** Read access to all posts and pages, in memory. Instants are epoch milliseconds. */
export type Archive = Bodies & {
	site: Site;
	manifest: Manifest;
	pages: readonly Page[];
	/** Finds a published post or a page by any spelling of its path or one of its old ones. */
	find(path: string, now: number): Post | Page | null;
	/** Finds a draft or scheduled post by its canonical path, for previews. */
	findUnpublished(path: string): Post | null;
	/** Scheduled posts, the next one first, then drafts. */
	upcoming(now: number): readonly Post[];
	/** Returns the canonical address for any spelling of a path and its query; null when unknown. */
	resolveAddress(path: string, query: URLSearchParams, now: number): ResolvedAddress | null;
	/** Whether a post, published or not, or a page has this stable id. */
	has(id: string): boolean;
	/** Finds a published post or a page by its stable id. */
	findById(id: string, now: number): Post | Page | null;
	/** The site's language and those of all posts, drafts included. */
	allLanguages(): readonly string[];
	/** The scripts of which some post or page contains at least a sentence. */
	allScripts(): readonly Script[];
	/** Names of the site's author, of everyone with a profile in `authors`, and of the authors of published posts. */
	authorNames(now: number): readonly string[];
	/** Published posts, newest first, without unlisted ones, as in every list. */
	published(now: number): readonly Post[];
	/** Moves the pinned posts of a list of published posts to its front. */
	pinnedFirst(posts: readonly Post[]): readonly Post[];
	/** The instant at which the next scheduled post is published, or null. */
	nextPublication(now: number): number | null;
	/** One page of a list of posts, or null when that page does not exist. An empty list has one empty page. */
	paginate(posts: readonly Post[], number: number): PostList | null;
	/** The display name and published posts of a category, tag, author or series; null when it has none. */
	listing(
		by: Listing,
		slug: string,
		now: number,
	): { name: string; slug: string; posts: readonly Post[] } | null;
	/** All groups of posts of a kind, those without a published post too. */
	allGroups(by: GroupKind): readonly PostGroup[];
	/** Languages with published posts, the site's own first. */
	languages(now: number): readonly string[];
	/** The published posts in a language, given any spelling of its BCP 47 tag, and the tag; null when there are none. */
	inLanguage(lang: string, now: number): { lang: string; posts: readonly Post[] } | null;
	/** The published translations of a post or page, including itself, the site's language first. */
	translations(entry: Post | Page, now: number): readonly (Post | Page)[];
	/** The published posts of a year, or of one of its months; months count from 1. */
	byDate(year: number, month: number | null, now: number): readonly Post[];
	/** The published posts directly before and after a post. */
	neighbours(post: Post, now: number): { earlier: Post | null; later: Post | null };
	/** The post's position in its series, or null. */
	seriesPosition(post: Post, now: number): SeriesPosition | null;
	/** The published posts most related to a post, at most `limit`. */
	related(post: Post, now: number, limit: number): readonly Post[];
};

/** Opens the archive from the build's output. Indexes are built on first use to keep startup fast. */
export function openArchive(manifest: Manifest, index: PostIndex, readChunk: ReadChunk): Archive {
	const { site, pages } = manifest;
	const ids = lazy(() => new Map([...index.posts, ...pages].map((entry) => [entry.id, entry])));
	const unlisted = lazy(index.unlisted);
	const timeline = lazy(() => createTimeline(index.posts, unlisted()));
	const schedule = lazy(() => createTimeline(index.posts));
	const taxonomy = openTaxonomy(index.groups, unlisted);
	const pinned = lazy(index.pinned);
	const withPinnedFirst = new WeakMap<readonly Post[], readonly Post[]>();
	const directory = createPostDirectory(index, pages, taxonomy);
	const allLanguages = lazy(() => [
		...new Set([site.language, ...taxonomy.groups("language").map(({ name }) => name)]),
	]);
	// Valid until the next post is published; the most expensive part of rendering a post.
	const related = createLruCache<{ all: readonly Post[]; limit: number; posts: readonly Post[] }>(1000);
	const siteFirst = <T>(all: readonly T[], langOf: (one: T) => string): T[] =>
		all.toSorted((a, b) => Number(langOf(b) === site.language) - Number(langOf(a) === site.language));

	const listing: Archive["listing"] = (by, slug, now) => {
		const group = taxonomy.group(by, decodePath(slug));
		const posts = group?.published(now) ?? [];
		return group === null || posts.length === 0 ? null : { name: group.name, slug: group.slug, posts };
	};

	return {
		site,
		manifest,
		pages,

		find(path, now) {
			const found = directory.entry(pathKey(path));
			return found !== null && isPublic(found, now) ? found : null;
		},

		upcoming(now) {
			const unpublished = index.posts.filter((post) => !isPublic(post, now)).reverse();
			return [...unpublished.filter(({ draft }) => !draft), ...unpublished.filter(({ draft }) => draft)];
		},

		findUnpublished(path) {
			const found = directory.entry(pathKey(path));
			return found !== null && "published" in found && pathKey(found.path) === pathKey(path) ? found : null;
		},

		resolveAddress: (path, query, now) => resolveAddress(pathKey(path), query, directory.at(now)),

		has: (id) => ids().has(id),

		findById(id, now) {
			const entry = ids().get(id);
			return entry !== undefined && isPublic(entry, now) ? entry : null;
		},

		allLanguages,

		allScripts: () => manifest.textScripts,

		authorNames(now) {
			const published = taxonomy.groups("author").filter((group) => group.all(now).length > 0);
			const profiles = Object.values(site.authors);
			return [...new Set([site.author.name, ...[...profiles, ...published].map(({ name }) => name)])];
		},

		published: (now) => timeline().published(now),
		nextPublication: (now) => schedule().nextPublication(now),

		pinnedFirst(posts) {
			if (pinned().size === 0) return posts;
			const known = withPinnedFirst.get(posts);
			if (known !== undefined) return known;
			const isPinned = (post: Post) => pinned().has(post);
			const ordered = [...posts.filter(isPinned), ...posts.filter((post) => !isPinned(post))];
			withPinnedFirst.set(posts, ordered);
			return ordered;
		},

		paginate(all, number) {
			const last = Math.max(1, Math.ceil(all.length / site.postsPerPage));
			if (!Number.isInteger(number) || number < 1 || number > last) return null;
			const start = (number - 1) * site.postsPerPage;
			return { posts: all.slice(start, start + site.postsPerPage), number, last };
		},

		listing,

		allGroups: (by) => taxonomy.groups(by),

		languages(now) {
			const used = taxonomy.groups("language").filter((group) => group.published(now).length > 0);
			return siteFirst(used.map(({ name }) => name).sort(), (lang) => lang);
		},

		inLanguage(lang, now) {
			const group = taxonomy.group("language", lang);
			const posts = group?.published(now) ?? [];
			return group === null || posts.length === 0 ? null : { lang: group.name, posts };
		},

		translations(entry, now) {
			const { translation } = entry;
			if (translation === null || entry.unlisted) return [entry];
			const all =
				"published" in entry
					? taxonomy.group("translation", translation)?.published(now)
					: pages.filter((page) => page.translation === translation && !page.unlisted);
			return siteFirst<Post | Page>([...(all ?? [entry])], ({ lang }) => lang);
		},

		byDate: (year, month, now) => taxonomy.group("date", dateKey(year, month))?.published(now) ?? [],

		neighbours(post, now) {
			const all = timeline().published(now);
			const at = findPosition(post, all);
			return at < 0
				? { earlier: null, later: null }
				: { earlier: all[at + 1] ?? null, later: all[at - 1] ?? null };
		},

		seriesPosition(post, now) {
			const series = post.series === null ? null : listing("series", post.series.slug, now);
			return series === null ? null : findSeriesPosition(post, series);
		},

		related(post, now, limit) {
			const all = timeline().published(now);
			const known = related.get(post.id);
			if (known?.all === all && known.limit === limit) return known.posts;
			const posts = findRelatedPosts(post, all, taxonomy, now, limit);
			related.set(post.id, { all, limit, posts }, 1);
			return posts;
		},

		...openBodies(site, readChunk),
	};
}

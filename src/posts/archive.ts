import { type Address, resolveAddress } from "./addresses.ts";
import { type Bodies, openBodies, type ReadText } from "./bodies.ts";
import { bounded } from "./bounded.ts";
import { catalogueOf, dateKey } from "./catalogue.ts";
import { isVisible, placesOf } from "./directory.ts";
import type { Listing } from "./locations.ts";
import type { Manifest } from "./manifest.ts";
import { once } from "./once.ts";
import { decodePath, pathKey, slugify } from "./paths.ts";
import type { Page, Post } from "./post.ts";
import type { PostIndex } from "./post-index.ts";
import { relatedPosts } from "./related.ts";
import { placeInSeries, type SeriesPlace } from "./series.ts";
import type { Site } from "./site.ts";
import { positionOf, timelineOf } from "./timeline.ts";

/** A run of posts cut into pages; `number` counts from 1. */
export type PostList = { posts: readonly Post[]; number: number; last: number };

/** Everything the blog has published, looked up in memory. Instants are epoch milliseconds. */
export type Archive = Bodies & {
	site: Site;
	manifest: Manifest;
	pages: readonly Page[];
	/** Finds a published post or a page by any spelling of its path or one of its old ones. */
	find(path: string, now: number): Post | Page | null;
	/** Finds a draft or scheduled post by its own address, for those who may see it before its time. */
	unpublished(path: string): Post | null;
	/** Scheduled posts, the next one first, and then drafts. */
	upcoming(now: number): readonly Post[];
	/** The one true address of what any spelling of a path, with its query, means; null for what is not known. */
	address(path: string, query: URLSearchParams, now: number): Address | null;
	/** Finds a published post or a page by its stable id. */
	byId(id: string, now: number): Post | Page | null;
	/** The languages there are posts in, drafts too, and the site's own. */
	writtenIn(): readonly string[];
	/** The names of those who write the blog: its own author's, those `authors` tells of, and those of published posts. */
	writers(now: number): readonly string[];
	/** Published posts, newest first. */
	published(now: number): readonly Post[];
	/** The next minute at which a scheduled post appears, or null when none is waiting. */
	changesAt(now: number): number | null;
	/** One page of a run of posts, or null when that page does not exist. An empty blog has one empty page. */
	paginate(posts: readonly Post[], number: number): PostList | null;
	/** The published posts of a category, tag, author or series by its slug, and the name it is shown by; null when there are none. */
	listed(
		by: Listing,
		slug: string,
		now: number,
	): { name: string; slug: string; posts: readonly Post[] } | null;
	/** The languages there are published posts in, the site's own first. */
	languages(now: number): readonly string[];
	/** The published posts in a language by any spelling of its BCP 47 tag, and the tag; null when there are none. */
	inLanguage(lang: string, now: number): { lang: string; posts: readonly Post[] } | null;
	/** The published translations of a post, itself included, the site's language first; only itself when there are none. */
	translations(post: Post, now: number): readonly Post[];
	/** The published posts of a year, or of a month of it; months count from 1. */
	dated(year: number, month: number | null, now: number): readonly Post[];
	/** The nearest published neighbours in time. */
	neighbours(post: Post, now: number): { earlier: Post | null; later: Post | null };
	/** The post's place in its series; null when it is in none. */
	seriesPlace(post: Post, now: number): SeriesPlace | null;
	/** The published posts that have most to do with a post, up to a number. */
	related(post: Post, now: number, limit: number): readonly Post[];
};

/** Opens the archive the build made. Indexes are built on first use, so that starting costs nothing. */
export function openArchive(manifest: Manifest, index: PostIndex, readText: ReadText): Archive {
	const { site, pages } = manifest;
	const ids = once(() => new Map([...index.posts, ...pages].map((entry) => [entry.id, entry])));
	const timeline = once(() => timelineOf(index.posts));
	const catalogue = catalogueOf(index.gathered);
	const places = placesOf(index, pages, catalogue);
	const writtenIn = once(() => [
		...new Set([site.language, ...catalogue.groups("language").map(({ name }) => name)]),
	]);
	// The same until the next post comes out, and the dearest part of rendering a page again.
	const related = bounded<{ all: readonly Post[]; limit: number; posts: readonly Post[] }>(1000);
	const siteFirst = <T>(all: readonly T[], langOf: (one: T) => string): T[] =>
		all.toSorted((a, b) => Number(langOf(b) === site.language) - Number(langOf(a) === site.language));

	return {
		site,
		manifest,
		pages,

		find(path, now) {
			const found = places.entry(pathKey(path));
			return found !== null && isVisible(found, now) ? found : null;
		},

		upcoming(now) {
			const unseen = index.posts.filter((post) => !isVisible(post, now)).reverse();
			return [...unseen.filter(({ draft }) => !draft), ...unseen.filter(({ draft }) => draft)];
		},

		unpublished(path) {
			const found = places.entry(pathKey(path));
			return found !== null && "published" in found && pathKey(found.path) === pathKey(path) ? found : null;
		},

		address: (path, query, now) => resolveAddress(pathKey(path), query, places.at(now)),

		byId(id, now) {
			const entry = ids().get(id);
			return entry !== undefined && isVisible(entry, now) ? entry : null;
		},

		writtenIn,

		writers(now) {
			const published = catalogue.groups("author").filter((group) => group.published(now).length > 0);
			const told = Object.values(site.authors);
			return [...new Set([site.author.name, ...[...told, ...published].map(({ name }) => name)])];
		},

		published: (now) => timeline().published(now),
		changesAt: (now) => timeline().changesAt(now),

		paginate(all, number) {
			const last = Math.max(1, Math.ceil(all.length / site.postsPerPage));
			if (!Number.isInteger(number) || number < 1 || number > last) return null;
			const start = (number - 1) * site.postsPerPage;
			return { posts: all.slice(start, start + site.postsPerPage), number, last };
		},

		listed(by, slug, now) {
			const group = catalogue.group(by, decodePath(slug));
			const shown = group?.published(now) ?? [];
			return group === null || shown.length === 0
				? null
				: { name: group.name, slug: group.slug, posts: shown };
		},

		languages(now) {
			const used = catalogue.groups("language").filter((group) => group.published(now).length > 0);
			return siteFirst(used.map(({ name }) => name).sort(), (lang) => lang);
		},

		inLanguage(lang, now) {
			const group = catalogue.group("language", lang);
			const shown = group?.published(now) ?? [];
			return group === null || shown.length === 0 ? null : { lang: group.name, posts: shown };
		},

		translations(post, now) {
			const group = post.translation === null ? null : catalogue.group("translation", post.translation);
			return group === null ? [post] : siteFirst(group.published(now), ({ lang }) => lang);
		},

		dated: (year, month, now) => catalogue.group("date", dateKey(year, month))?.published(now) ?? [],

		neighbours(post, now) {
			const all = timeline().published(now);
			const at = positionOf(post, all);
			return at < 0
				? { earlier: null, later: null }
				: { earlier: all[at + 1] ?? null, later: all[at - 1] ?? null };
		},

		seriesPlace(post, now) {
			const series = post.series === null ? null : this.listed("series", slugify(post.series), now);
			return series === null ? null : placeInSeries(post, series);
		},

		related(post, now, limit) {
			const all = timeline().published(now);
			const known = related.get(post.id);
			if (known?.all === all && known.limit === limit) return known.posts;
			const posts = relatedPosts(post, all, catalogue, now, limit);
			related.set(post.id, { all, limit, posts }, 1);
			return posts;
		},

		...openBodies(site, readText),
	};
}

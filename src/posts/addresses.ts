import {
	commentFeedPathOf,
	type FeedExtension,
	feedExtensions,
	feedPathOf,
	homePath,
	type Listing,
	languagePath,
	listingPath,
	markdownPathOf,
	monthPath,
	searchPath,
	searchQuery,
	yearPath,
} from "./locations.ts";

/** Looks up published content at an instant by parts of a path key. Paths are canonical, or null if unknown. */
export type AddressLookup = {
	/** The post or page at an address, including its old addresses. */
	entry(key: string): string | null;
	/** The post or page with this WordPress id. */
	byWordpressId(wordpressId: number): string | null;
	/** The post with this slug published on a day, or in a month when `day` is null. */
	byDate(slug: string, year: number, month: number, day: number | null): string | null;
	/** The slug of a category, tag, author or series that has published posts. */
	listing(by: Listing, slug: string): string | null;
	language(lang: string): boolean;
	/** Whether a year, or a month of it, has posts. */
	month(year: number, month: number | null): boolean;
};

/** The canonical path for an address, whether its query led there (`/?p=123`), and the query of a search. */
export type ResolvedAddress = { path: string; isByQuery: boolean; search?: string };

/**
 * Returns the canonical address for any spelling of it, and for the URL forms of other blog engines, WordPress first.
 * `key` is the path's `pathKey`. Null means unknown content; the address may still be one of the engine's own routes.
 */
export function resolveAddress(
	key: string,
	query: URLSearchParams,
	lookup: AddressLookup,
): ResolvedAddress | null {
	const byQuery = key === "/" ? fromQuery(query, lookup) : null;
	if (byQuery !== null) return byQuery;
	// WordPress also has addresses such as `/search/cats`.
	const [searched, text] = /^\/search(?:\/(?!suggestions$)(.+))?$/.exec(key) ?? [];
	if (searched !== undefined)
		return { path: searchPath, isByQuery: false, search: searchQuery(text ?? query.get("q")) };
	const path = lookup.entry(key) ?? matchRoute(routes, key, lookup) ?? matchRoute(foreignRoutes, key, lookup);
	return path === null ? null : { path, isByQuery: false };
}

type Route = readonly [RegExp, (lookup: AddressLookup, ...parts: string[]) => string | null];

/** A kind of list and the slug of a term; WordPress puts a category below its parent categories. */
const listing = "(category|tag|author|series)/(?:(?<=^/category/)(?:[^/]+/)+?)??([^/]+)";

const extension = feedExtensions.join("|");

/** The end of the address of a list's feed: in one of the formats, or as in WordPress. */
const feedEnd = `feed(?:\\.(${extension})|/[a-z\\d]+)?`;

/** The blog's own addresses, except those of posts and pages. */
const routes: readonly Route[] = [
	[/^\/(?:page\/(\d{1,9}))?$/, (_, page) => homePath(page === undefined ? 1 : Number(page))],
	[/^\/archive$/, () => "/archive/"],
	[
		new RegExp(
			`^/((?:feed|comments)\\.(?:${extension})|opensearch\\.xml|sitemap(?:-(?:lists-)?\\d{1,5})?\\.xml|robots\\.txt|llms(?:-full(?:-\\d{1,5})?)?\\.txt|icon\\.svg|healthz|readyz|metrics)$`,
		),
		(_, name = "") => `/${name}`,
	],
	[
		new RegExp(`^(/.+)/comments\\.(${extension})$`),
		({ entry }, post = "", format) => commentFeedOf(entry(post), format as FeedExtension),
	],
	[/^(\/.+)\/index\.md$/, ({ entry }, post = "") => markdownOf(entry(post))],
	// The parts of a list come before the lists, so that a term named `feed` or `2` takes the address of no other's part.
	[
		new RegExp(`^/${listing}/page/(\\d{1,9})$`),
		(lookup, by, slug, page) => listOf(lookup, by, slug, Number(page)),
	],
	[
		new RegExp(`^/${listing}/${feedEnd}$`),
		(lookup, by, slug, format) => {
			const list = listOf(lookup, by, slug);
			return list === null ? null : feedPathOf(list, format as FeedExtension | undefined);
		},
	],
	[new RegExp(`^/${listing}$`), (lookup, by, slug) => listOf(lookup, by, slug)],
	[
		/^\/([a-z]{2,3}(?:-[a-z\d]+)*)(?:\/page\/(\d{1,9}))?$/,
		({ language }, lang = "", page) => (language(lang) ? languagePath(lang, Number(page ?? 1)) : null),
	],
	[
		new RegExp(`^/([a-z]{2,3}(?:-[a-z\\d]+)*)/${feedEnd}$`),
		({ language }, lang = "", format) =>
			language(lang) ? feedPathOf(languagePath(lang), format as FeedExtension | undefined) : null,
	],
	[
		/^\/(\d{4})(?:\/page\/\d+)?$/,
		({ month }, year) => (month(Number(year), null) ? yearPath(Number(year)) : null),
	],
	[
		/^\/(\d{4})\/(\d{1,2})(?:\/page\/\d+)?$/,
		({ month }, year, number) =>
			month(Number(year), Number(number)) ? monthPath(Number(year), Number(number)) : null,
	],
];

/** Dated permalinks of WordPress and Movable Type, with or without the day. */
const datedPostRoute: Route = [
	/^\/(\d{4})\/(\d{1,2})(?:\/(\d{1,2}))?\/([^/]+?)(?:\.html?|\.php)?$/,
	({ byDate: dated }, year, month, day, slug = "") =>
		dated(slug, Number(year), Number(month), day === undefined ? null : Number(day)),
];

/** Address forms of other blog engines, which this one never generates. */
const foreignRoutes: readonly Route[] = [
	[/^\/(?:feed(?:\/[a-z\d]+)?|rss|(?:rss|atom|index)\.xml)$/, () => "/feed.xml"],
	[/^\/(?:wp-sitemap|sitemap_index)\.xml$/, () => "/sitemap.xml"],
	[/^\/archives\/(\d{1,15})$/, ({ byWordpressId: numbered }, id) => numbered(Number(id))],
	[
		/^\/(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
		({ month }, year, number) =>
			month(Number(year), Number(number)) ? monthPath(Number(year), Number(number)) : null,
	],
	datedPostRoute,
	[/^\/comments\/feed(?:\/[a-z\d]+)?$/, () => commentFeedPathOf(homePath())],
	// WordPress routes below a post: comment feed, trackbacks, embed and AMP versions, comment pages.
	[
		/^(\/.+)\/feed(?:\/[a-z\d]+)?$/,
		(lookup, post = "") => commentFeedOf(lookup.entry(post) ?? matchRoute([datedPostRoute], post, lookup)),
	],
	[
		/^(\/.+)\/(?:trackback|embed|amp|comment-page-\d+|\d{1,3})$/,
		(lookup, post = "") => lookup.entry(post) ?? matchRoute([datedPostRoute], post, lookup),
	],
];

function listOf(lookup: AddressLookup, by = "", slug = "", page = 1): string | null {
	const known = lookup.listing(by as Listing, slug);
	return known === null ? null : listingPath(by as Listing, known, page);
}

function commentFeedOf(path: string | null, extension?: FeedExtension): string | null {
	return path === null ? null : commentFeedPathOf(path, extension);
}

function markdownOf(path: string | null): string | null {
	return path === null ? null : markdownPathOf(path);
}

function matchRoute(all: readonly Route[], key: string, lookup: AddressLookup): string | null {
	for (const [pattern, resolve] of all) {
		const match = pattern.exec(key);
		const path = match === null ? null : resolve(lookup, ...match.slice(1));
		if (path !== null) return path;
	}
	return null;
}

/** `/?p=123`, `/?page_id=123`, `/?feed=rss2` and `/?s=cats`. */
function fromQuery(
	query: URLSearchParams,
	{ byWordpressId: numbered }: AddressLookup,
): ResolvedAddress | null {
	for (const name of ["p", "page_id"]) {
		const id = query.get(name) ?? "";
		const path = /^\d{1,15}$/.test(id) ? numbered(Number(id)) : null;
		if (path !== null) return { path, isByQuery: true };
	}
	if (query.has("feed")) return { path: "/feed.xml", isByQuery: true };
	return query.has("s") ? { path: searchPath, isByQuery: true, search: searchQuery(query.get("s")) } : null;
}

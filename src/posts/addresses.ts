import {
	commentFeedPath,
	commentFeedPathOf,
	feedPathOf,
	homePath,
	type Listing,
	languagePath,
	listingPath,
	monthPath,
	yearPath,
} from "./locations.ts";

/** What the blog has at an instant, asked by parts of a path key; paths come back canonical, or null. */
export type Directory = {
	/** The post or page at an address, old ones included. */
	entry(key: string): string | null;
	/** The post or page that had this number in WordPress. */
	numbered(wordpressId: number): string | null;
	/** The post of a day, or of a month, by its slug. */
	dated(slug: string, year: number, month: number, day: number | null): string | null;
	/** The slug of a category, tag, author or series with posts in it. */
	listing(by: Listing, slug: string): string | null;
	language(lang: string): boolean;
	/** Whether a year, or a month of it, has posts. */
	month(year: number, month: number | null): boolean;
};

/** Where an address leads: a canonical path, and the parts of the query that said so and are to be left out. */
export type Address = { path: string; consumed: readonly string[] };

/**
 * Finds the one true address for any spelling of it, and for the forms other blogs have used, WordPress first. `key` is
 * the path's `pathKey`. Null when nothing of the sort is known: the address may still be one of the engine's own.
 */
export function resolveAddress(key: string, query: URLSearchParams, directory: Directory): Address | null {
	const byQuery = key === "/" ? fromQuery(query, directory) : null;
	if (byQuery !== null) return byQuery;
	const path = directory.entry(key) ?? byForm(forms, key, directory) ?? byForm(oldForms, key, directory);
	return path === null ? null : { path, consumed: [] };
}

type Form = readonly [RegExp, (directory: Directory, ...parts: string[]) => string | null];

const listing = "(category|tag|author|series)";

/** The blog's own addresses, less the entries'. */
const forms: readonly Form[] = [
	[/^\/(?:page\/(\d{1,9}))?$/, (_, page) => homePath(page === undefined ? 1 : Number(page))],
	[/^\/archive$/, () => "/archive/"],
	[
		/^\/(feed\.xml|comments\.xml|sitemap(?:-\d{1,5})?\.xml|robots\.txt|icon\.svg|healthz)$/,
		(_, name = "") => `/${name}`,
	],
	[/^(\/.+)\/comments\.xml$/, ({ entry }, post = "") => commentFeedOf(entry(post))],
	// The folders in between are WordPress's: it writes a category below its parents.
	[
		new RegExp(`^/${listing}/(?:[^/]+/)*?([^/]+)(?:/page/(\\d{1,9}))?$`),
		(directory, by, slug = "", page) => {
			const known = directory.listing(by as Listing, slug);
			return known === null ? null : listingPath(by as Listing, known, Number(page ?? 1));
		},
	],
	[
		new RegExp(`^/${listing}/(?:[^/]+/)*?([^/]+)/feed(?:\\.xml|/[a-z\\d]+)?$`),
		(directory, by, slug = "") => {
			const known = directory.listing(by as Listing, slug);
			return known === null ? null : feedPathOf(listingPath(by as Listing, known));
		},
	],
	[
		/^\/([a-z]{2,3}(?:-[a-z\d]+)*)(?:\/page\/(\d{1,9}))?$/,
		({ language }, lang = "", page) => (language(lang) ? languagePath(lang, Number(page ?? 1)) : null),
	],
	[
		/^\/([a-z]{2,3}(?:-[a-z\d]+)*)\/feed(?:\.xml|\/[a-z\d]+)?$/,
		({ language }, lang = "") => (language(lang) ? feedPathOf(languagePath(lang)) : null),
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

/** Addresses the blog never gave out itself. */
const oldForms: readonly Form[] = [
	[/^\/(?:feed(?:\/[a-z\d]+)?|rss|(?:rss|atom|index)\.xml)$/, () => "/feed.xml"],
	[/^\/(?:wp-sitemap|sitemap_index)\.xml$/, () => "/sitemap.xml"],
	[/^\/archives\/(\d{1,15})$/, ({ numbered }, id) => numbered(Number(id))],
	[
		/^\/(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
		({ month }, year, number) =>
			month(Number(year), Number(number)) ? monthPath(Number(year), Number(number)) : null,
	],
	[
		/^\/(\d{4})\/(\d{1,2})(?:\/(\d{1,2}))?\/([^/]+?)(?:\.html?|\.php)?$/,
		({ dated }, year, month, day, slug = "") =>
			dated(slug, Number(year), Number(month), day === undefined ? null : Number(day)),
	],
	[/^\/comments\/feed(?:\/[a-z\d]+)?$/, () => commentFeedPath],
	// What WordPress hangs below a post: the feed of its comments, its pings, its other forms, its pages of comments.
	[
		/^(\/.+)\/feed(?:\/[a-z\d]+)?$/,
		(directory, post = "") => commentFeedOf(directory.entry(post) ?? byForm(datedPost, post, directory)),
	],
	[
		/^(\/.+)\/(?:trackback|embed|amp|comment-page-\d+|\d{1,3})$/,
		(directory, post = "") => directory.entry(post) ?? byForm(datedPost, post, directory),
	],
];

const datedPost = oldForms.slice(4, 5);

function commentFeedOf(path: string | null): string | null {
	return path === null ? null : commentFeedPathOf(path);
}

function byForm(all: readonly Form[], key: string, directory: Directory): string | null {
	for (const [form, lead] of all) {
		const match = form.exec(key);
		const path = match === null ? null : lead(directory, ...match.slice(1));
		if (path !== null) return path;
	}
	return null;
}

/** `/?p=123`, `/?page_id=123` and `/?feed=rss2`. */
function fromQuery(query: URLSearchParams, { numbered }: Directory): Address | null {
	for (const name of ["p", "page_id"]) {
		const written = query.get(name) ?? "";
		const path = /^\d{1,15}$/.test(written) ? numbered(Number(written)) : null;
		if (path !== null) return { path, consumed: ["p", "page_id", "post_type"] };
	}
	return query.has("feed") ? { path: "/feed.xml", consumed: ["feed"] } : null;
}

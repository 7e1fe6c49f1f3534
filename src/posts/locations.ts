/** A kind of post list with pages of its own, such as `/category/…/`. */
export type Listing = "category" | "tag" | "author" | "series";

/** Returns the address of page `page` of a category, tag, author or series. All paths in this file are decoded. */
export function listingPath(by: Listing, slug: string, page = 1): string {
	return `/${by}/${slug}/${pagePart(page)}`;
}

/** Returns the address of page `page` of the home page. */
export function homePath(page = 1): string {
	return `/${pagePart(page)}`;
}

/** Returns the address of page `page` of the posts in a language, given its BCP 47 tag. */
export function languagePath(lang: string, page = 1): string {
	return `/${lang.toLowerCase()}/${pagePart(page)}`;
}

/** The formats of feeds: the extension of their files (Atom, RSS, JSON Feed), and the media type that links to them name. */
export const feedTypes = {
	xml: "application/atom+xml",
	rss: "application/rss+xml",
	json: "application/feed+json",
} as const;

export type FeedExtension = keyof typeof feedTypes;

export const feedExtensions = Object.keys(feedTypes) as readonly FeedExtension[];

/** Returns the feed address of a list of posts. */
export function feedPathOf(path: string, extension: FeedExtension = "xml"): string {
	return `${path}feed.${extension}`;
}

/** Returns the address of the comment feed of a post or page; of the home page's path, that of all comments. */
export function commentFeedPathOf(path: string, extension: FeedExtension = "xml"): string {
	return `${path.replace(/\/$/, "")}/comments.${extension}`;
}

/** Address of the list of blogs that this one recommends (OPML 2.0). */
export const blogrollPath = "/blogroll.opml";

/** Returns the address of a post or page as Markdown. */
export function markdownPathOf(path: string): string {
	return `${path.replace(/\/$/, "")}/index.md`;
}

/** Address of the newest posts as Markdown, in one file. */
export const fullTextPath = "/llms-full.txt";

/** Returns the address of a run of older posts as Markdown; the oldest run is number 1. */
export function fullTextPathOf(run: number): string {
	return `/llms-full-${run}.txt`;
}

/** Address of the API, without a trailing slash. */
export const apiPath = "/api/v1";

/** Returns the address of the description of a post or page for sites that embed a link to it (oEmbed); all of it is encoded. */
export function embedPathOf(url: string): string {
	return `/api/oembed?url=${encodeURIComponent(url)}`;
}

/** Returns the address of a year's archive. */
export function yearPath(year: number): string {
	return `/${String(year).padStart(4, "0")}/`;
}

/** Returns the address of a month's archive; `month` counts from 1. */
export function monthPath(year: number, month: number): string {
	return `${yearPath(year)}${String(month).padStart(2, "0")}/`;
}

/** Address of the search. */
export const searchPath = "/search";

/** Returns the query of the address of a search for a text; empty for none. */
export function searchQuery(text: string | null): string {
	const query = cleanSearch(text ?? "");
	return query === "" ? "" : `?${new URLSearchParams({ q: query })}`;
}

/** Returns the text of a search on one line, as its address has it. */
export function cleanSearch(text: string): string {
	return text
		.toWellFormed()
		.replace(/[\s\p{Cc}]+/gu, " ")
		.trim();
}

const pagePart = (page: number) => (page === 1 ? "" : `page/${page}/`);

/** Query parameter of a preview link: `?preview=…`. */
export const previewParameter = "preview";

/** A run of posts by what they share, with a page of its own at `/category/…/` and so on. */
export type Listing = "category" | "tag" | "author" | "series";

/** The address of page `page` of a category, tag, author or series. Like every path here it is decoded. */
export function listingPath(by: Listing, slug: string, page = 1): string {
	return `/${by}/${slug}/${pagePart(page)}`;
}

/** The address of page `page` of the home page. */
export function homePath(page = 1): string {
	return `/${pagePart(page)}`;
}

/** The address of page `page` of the posts in a language, by its BCP 47 tag. */
export function languagePath(lang: string, page = 1): string {
	return `/${lang.toLowerCase()}/${pagePart(page)}`;
}

/** The feed of a list that is at an address. */
export function feedPathOf(path: string): string {
	return `${path}feed.xml`;
}

/** The feed of every comment on the blog. */
export const commentFeedPath = "/comments.xml";

/** The feed of the comments on the post or page at an address. */
export function commentFeedPathOf(path: string): string {
	return `${path.replace(/\/$/, "")}${commentFeedPath}`;
}

export function yearPath(year: number): string {
	return `/${String(year).padStart(4, "0")}/`;
}

/** The address of a month; `month` counts from 1. */
export function monthPath(year: number, month: number): string {
	return `${yearPath(year)}${String(month).padStart(2, "0")}/`;
}

const pagePart = (page: number) => (page === 1 ? "" : `page/${page}/`);

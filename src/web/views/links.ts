import type { Listing } from "../../posts/archive.ts";
import { slugify } from "../../posts/paths.ts";

/** A path as it stands in a link: every character outside ASCII percent-encoded (RFC 3986). */
export function href(path: string): string {
	return encodeURI(path).replaceAll("?", "%3F").replaceAll("#", "%23");
}

/** The address of a category, tag or author. */
export function listingPath(by: Listing, slug: string, page = 1): string {
	return `/${by}/${slug}/${pagePart(page)}`;
}

export function authorPath(name: string): string {
	return listingPath("author", slugify(name));
}

/** The address of page `page` of the home page. */
export function homePath(page = 1): string {
	return `/${pagePart(page)}`;
}

export function yearPath(year: number): string {
	return `/${String(year).padStart(4, "0")}/`;
}

export function monthPath(year: number, month: number): string {
	return `${yearPath(year)}${String(month).padStart(2, "0")}/`;
}

/** The anchor of a comment on its page. */
export function commentAnchor(id: number): string {
	return `comment-${id}`;
}

const pagePart = (page: number) => (page === 1 ? "" : `page/${page}/`);

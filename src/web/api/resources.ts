import { apiPath, type Listing, listingPath, markdownPathOf } from "../../posts/locations.ts";
import type { Page, Post, Term } from "../../posts/post.ts";
import { href } from "../ui/links.ts";

/** Returns a post as lists of the API show it. `url` is the site's. */
export function postResource(post: Post, url: string) {
	const termsOf = (by: Listing, terms: readonly Term[]) => terms.map((term) => termResource(by, term, url));
	return {
		...entryResource("posts", post, url),
		published: toIso(post.published),
		updated: post.updated === null ? null : toIso(post.updated),
		authors: termsOf("author", post.authors),
		categories: termsOf("category", post.categories),
		tags: termsOf("tag", post.tags),
		series: post.series && termResource("series", post.series, url),
		image: post.image && { url: new URL(post.image.src, url).href, alt: post.image.alt },
	};
}

/** Returns a page as lists of the API show it. */
export function pageResource(page: Page, url: string) {
	return entryResource("pages", page, url);
}

/** Returns the address of a post or page in the API. */
export function entryPath(kind: "posts" | "pages", id: string): string {
	return `${apiPath}/${kind}/${encodeURIComponent(id.toWellFormed())}`;
}

/** Returns a category, tag, author or series with the address of its page. */
export function termResource(by: Listing, { name, slug }: Term, url: string) {
	return { name, slug, url: url + href(listingPath(by, slug)) };
}

/** Writes epoch milliseconds in ISO 8601. */
export function toIso(at: number): string {
	return new Date(at).toISOString();
}

function entryResource(kind: "posts" | "pages", entry: Post | Page, url: string) {
	const { id, path, canonical, title, lang, summary, comments } = entry;
	const own = url + entryPath(kind, id);
	return {
		id,
		url: url + href(path),
		first_url: canonical,
		api_url: own,
		markdown_url: url + href(markdownPathOf(path)),
		comments_url: comments === "off" ? null : `${own}/comments`,
		title,
		language: lang,
		summary,
		comments,
	};
}

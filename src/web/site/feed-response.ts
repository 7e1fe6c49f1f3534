import { escapeHtml } from "../../posts/html.ts";
import type { FeedExtension } from "../../posts/locations.ts";
import { directionOf } from "../../text/direction.ts";
import { toXmlHtml } from "../../text/xml.ts";
import type { AppContext } from "../http/context.ts";
import { knownQuery } from "../http/known-query.ts";
import { href } from "../ui/links.ts";
import type { Feed, FeedEntry, FeedPages } from "./feed.ts";

/** Responds with a document of a feed in a format. Its caching is stated by the caller. */
export async function respondWithFeed(
	c: AppContext,
	extension: FeedExtension,
	feed: Feed,
): Promise<Response> {
	const { feedFormats } = await import("./feed-formats.ts");
	const { contentType, write } = feedFormats[extension];
	const text = await write(feed);
	const link = (query: string, rel: string) => `<${feed.address(extension, query)}>; rel="${rel}"`;
	// A hub and its subscribers read this before the document (WebSub, section 4).
	if (feed.hub !== null) c.header("Link", `<${feed.hub}>; rel="hub", ${link(feed.pages.current, "self")}`);
	return c.body(text, 200, { "Content-Type": contentType });
}

/** Returns the query of the document that a query asks for, as the feed's own links have it. */
export const documentQuery = (query: URLSearchParams) => pageQuery(numberIn(query));

/** Declares the parameter of a feed whose documents are numbered: `page`, from 2 on. */
export const numberedPages = knownQuery(documentQuery);

/** Returns the number of the document that a query asks for. */
export function numberIn(query: URLSearchParams): number {
	const text = query.get("page") ?? "";
	return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
}

/** Returns the documents of a feed beside document `number` of `last`. */
export function pagesOf(number: number, last: number): FeedPages {
	return {
		current: pageQuery(number),
		previous: number === 1 ? null : pageQuery(number - 1),
		next: number === last ? null : pageQuery(number + 1),
		last: last === 1 ? null : pageQuery(last),
	};
}

const pageQuery = (number: number) => (number === 1 ? "" : `?page=${number}`);

/** Returns a function for the URLs of a feed, given one for its paths. */
export function feedAddresses(
	siteUrl: string,
	pathOf: (extension: FeedExtension) => string,
): Feed["address"] {
	return (extension, query = "") => siteUrl + href(pathOf(extension)) + query;
}

/** Returns when the entry that changed last did, or null if there are none. */
export function latestOf(entries: readonly FeedEntry[]): number | null {
	return entries.length === 0 ? null : Math.max(...entries.map(({ updated }) => updated));
}

/**
 * Wraps an entry's HTML in its language and direction, which a feed reader does not know from anything else in it. References
 * to characters that XML forbids are replaced, as a reader would decode them.
 */
export function inDirection(
	html: string,
	lang: string,
	direction: "ltr" | "rtl" | "auto" = directionOf(lang),
): string {
	return `<div lang="${escapeHtml(lang)}" dir="${direction}">\n${toXmlHtml(html)}\n</div>`;
}

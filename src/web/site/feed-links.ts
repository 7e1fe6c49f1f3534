import { feedTypes } from "../../posts/locations.ts";
import type { Feed } from "./feed.ts";

/** Returns the attributes of the links from a document of a feed to itself, its hub and its other documents. */
export function feedLinks(feed: Feed, extension: "xml" | "rss"): Record<string, string>[] {
	const { current, previous, next, last } = feed.pages;
	const isPaged = current !== "" || next !== null;
	const queries = {
		self: current,
		first: isPaged ? "" : null,
		previous,
		next,
		last,
	};
	return [
		...Object.entries(queries).flatMap(([rel, query]) =>
			query === null ? [] : [{ rel, type: feedTypes[extension], href: feed.address(extension, query) }],
		),
		...(feed.hub === null ? [] : [{ rel: "hub", href: feed.hub }]),
	];
}

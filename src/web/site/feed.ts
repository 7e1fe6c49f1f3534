import type { FeedExtension } from "../../posts/locations.ts";

/** A feed, or one document of it, in no format yet. All URLs are absolute, all times epoch milliseconds. */
export type Feed = {
	id: string;
	title: string;
	subtitle: string | null;
	lang: string;
	updated: number;
	/** URL of the page with the same content. */
	url: string;
	authors: readonly Person[];
	entries: readonly FeedEntry[];
	/** Returns the URL of the feed in a format; `query` names one of its documents. */
	address(extension: FeedExtension, query?: string): string;
	pages: FeedPages;
	/** URL of the WebSub hub, or null. */
	hub: string | null;
};

/** The documents of a feed (RFC 5005, section 3) by their queries: this one and those that lead on; null where none is or is known. */
export type FeedPages = {
	current: string;
	previous: string | null;
	next: string | null;
	last: string | null;
};

export type Person = { name: string; url: string | null };

/** A post or comment in a feed. */
export type FeedEntry = {
	id: string;
	url: string;
	title: string;
	/** BCP 47. */
	lang: string;
	/** HTML that feed readers show anywhere: without relative addresses and ids. */
	html: string;
	/** Plain text. */
	summary: string | null;
	published: number;
	updated: number;
	authors: readonly Person[];
	categories: readonly { slug: string; name: string }[];
	image: string | null;
	enclosures: readonly { url: string; type: string; size: number | null }[];
	/** The entry it replies to (RFC 4685). */
	inReplyTo: { id: string; url: string } | null;
	/** Its replies: the page and feeds that have them, and their number, null if it cannot be read. */
	replies: { url: string; feed(extension: FeedExtension): string; count: number | null } | null;
};

/** A format of feeds. */
export type FeedFormat = {
	extension: FeedExtension;
	/** The media type it is served as, one that Cloudflare compresses. */
	contentType: string;
	/** Writes a document, loading what that takes: most isolates never serve a feed. */
	write(feed: Feed): Promise<string>;
};

import type { FeedEntry, FeedFormat } from "../feed.ts";
import { feedLinks } from "../feed-links.ts";
import { feedStylePath } from "../feed-style.ts";
import type { Element } from "../xml.ts";

/** RSS 2.0, with the whole text in `content:encoded`, and names in `dc:creator`: an `author` has to be an e-mail address. */
export const rss: FeedFormat = {
	extension: "rss",
	// Not application/rss+xml, which browsers save to a file instead of showing it.
	contentType: "application/xml; charset=utf-8",
	async write(feed) {
		const { writeXml, x } = await import("../xml.ts");
		return writeXml(
			x("rss", { version: "2.0", ...namespaces, "xml:lang": feed.lang }, [
				x("channel", [
					x("title", feed.title),
					x("link", feed.url),
					x("description", feed.subtitle ?? feed.title),
					x("language", feed.lang),
					x("lastBuildDate", date(feed.updated)),
					...feedLinks(feed, "rss").map((link) => x("atom:link", link)),
					...feed.entries.map((entry) => x("item", { "xml:lang": entry.lang }, contentOf(entry))),
				]),
			]),
			feedStylePath,
		);

		function contentOf(entry: FeedEntry): Element[] {
			const { replies, inReplyTo } = entry;
			// One an item: readers know no more.
			const [enclosure] = entry.enclosures.toSorted((a, b) => Number(isAudio(b)) - Number(isAudio(a)));
			return [
				x("title", entry.title),
				x("link", entry.url),
				x("guid", { isPermaLink: "false" }, entry.id),
				x("pubDate", date(entry.published)),
				...(entry.updated === entry.published
					? []
					: [x("atom:updated", new Date(entry.updated).toISOString())]),
				...entry.authors.map(({ name }) => x("dc:creator", name)),
				...entry.categories.map(({ name }) => x("category", name)),
				...(enclosure === undefined
					? []
					: [x("enclosure", { url: enclosure.url, type: enclosure.type, length: enclosure.size ?? 0 })]),
				...(inReplyTo === null ? [] : [x("thr:in-reply-to", { ref: inReplyTo.id, href: inReplyTo.url })]),
				...(replies === null
					? []
					: [
							x("comments", replies.url),
							x("wfw:commentRss", replies.feed("rss")),
							...(replies.count === null ? [] : [x("slash:comments", replies.count)]),
						]),
				...(entry.summary === null ? [] : [x("description", entry.summary)]),
				x("content:encoded", entry.html),
			];
		}
	},
};

const namespaces = {
	"xmlns:atom": "http://www.w3.org/2005/Atom",
	"xmlns:content": "http://purl.org/rss/1.0/modules/content/",
	"xmlns:dc": "http://purl.org/dc/elements/1.1/",
	"xmlns:slash": "http://purl.org/rss/1.0/modules/slash/",
	"xmlns:thr": "http://purl.org/syndication/thread/1.0",
	"xmlns:wfw": "http://wellformedweb.org/CommentAPI/",
};

const isAudio = ({ type }: { type: string }) => type.startsWith("audio/");

/** Formats a time as RFC 822 does, with the year's four digits. */
function date(instant: number): string {
	return new Date(instant).toUTCString();
}

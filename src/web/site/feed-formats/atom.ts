import { feedExtensions, feedTypes } from "../../../posts/locations.ts";
import type { FeedEntry, FeedFormat, Person } from "../feed.ts";
import { feedLinks } from "../feed-links.ts";
import { feedStylePath } from "../feed-style.ts";
import type { Child, Element } from "../xml.ts";

/** Atom (RFC 4287) with threading (RFC 4685) and paging (RFC 5005). */
export const atom: FeedFormat = {
	extension: "xml",
	contentType: "application/xml; charset=utf-8",
	async write(feed) {
		const { writeXml, x } = await import("../xml.ts");
		const create = (name: string, content: Child) => x(name, content);
		return writeXml(
			x(
				"feed",
				{
					xmlns: "http://www.w3.org/2005/Atom",
					"xmlns:thr": "http://purl.org/syndication/thread/1.0",
					"xml:lang": feed.lang,
				},
				[
					x("id", feed.id),
					x("title", feed.title),
					feed.subtitle === null ? null : x("subtitle", feed.subtitle),
					x("updated", date(feed.updated)),
					...feed.authors.map((author) => person(create, author)),
					...feedLinks(feed, "xml").map((link) => x("link", link)),
					...feedExtensions
						.filter((extension) => extension !== "xml")
						.map((extension) =>
							x("link", { rel: "alternate", type: feedTypes[extension], href: feed.address(extension) }),
						),
					x("link", { rel: "alternate", type: "text/html", href: feed.url }),
					...feed.entries.map((entry) => x("entry", { "xml:lang": entry.lang }, contentOf(entry))),
				],
			),
			feedStylePath,
		);

		function contentOf(entry: FeedEntry): Element[] {
			const { replies, inReplyTo } = entry;
			return [
				x("id", entry.id),
				x("title", entry.title),
				x("published", date(entry.published)),
				x("updated", date(entry.updated)),
				...entry.authors.map((author) => person(create, author)),
				...entry.categories.map(({ slug, name }) => x("category", { term: slug, label: name })),
				x("link", { rel: "alternate", type: "text/html", hreflang: entry.lang, href: entry.url }),
				...entry.enclosures.map(({ url, type, size }) =>
					x("link", { rel: "enclosure", type, length: size, href: url }),
				),
				...(inReplyTo === null
					? []
					: [x("thr:in-reply-to", { ref: inReplyTo.id, type: "text/html", href: inReplyTo.url })]),
				...(replies === null
					? []
					: [
							x("link", {
								rel: "replies",
								type: feedTypes.xml,
								href: replies.feed("xml"),
								"thr:count": replies.count,
							}),
							x("link", { rel: "replies", type: "text/html", href: replies.url, "thr:count": replies.count }),
							...(replies.count === null ? [] : [x("thr:total", replies.count)]),
						]),
				...(entry.summary === null ? [] : [x("summary", entry.summary)]),
				x("content", { type: "html" }, entry.html),
			];
		}
	},
};

function person(create: (name: string, content: Child) => Element, { name, url }: Person): Element {
	return create("author", [create("name", name), url === null ? null : create("uri", url)]);
}

function date(instant: number): string {
	return new Date(instant).toISOString();
}

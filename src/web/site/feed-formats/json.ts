import { toXmlText } from "../../../text/xml.ts";
import type { FeedEntry, FeedFormat, Person } from "../feed.ts";

/** JSON Feed 1.1 (jsonfeed.org). */
export const json: FeedFormat = {
	extension: "json",
	contentType: "application/json; charset=utf-8",
	async write(feed) {
		const document = {
			version: "https://jsonfeed.org/version/1.1",
			title: feed.title,
			home_page_url: feed.url,
			feed_url: feed.address("json", feed.pages.current),
			...(feed.subtitle === null ? {} : { description: feed.subtitle }),
			language: feed.lang,
			authors: feed.authors.map(author),
			...(feed.pages.next === null ? {} : { next_url: feed.address("json", feed.pages.next) }),
			...(feed.hub === null ? {} : { hubs: [{ type: "WebSub", url: feed.hub }] }),
			items: feed.entries.map(item),
		};
		// Unpaired surrogates, which some readers refuse, are replaced as in the other formats.
		return JSON.stringify(document, (_, value) => (typeof value === "string" ? toXmlText(value) : value));
	},
};

function item(entry: FeedEntry) {
	return {
		id: entry.id,
		url: entry.url,
		title: entry.title,
		content_html: entry.html,
		...(entry.summary === null ? {} : { summary: entry.summary }),
		...(entry.image === null ? {} : { image: entry.image }),
		date_published: new Date(entry.published).toISOString(),
		date_modified: new Date(entry.updated).toISOString(),
		authors: entry.authors.map(author),
		...(entry.categories.length === 0 ? {} : { tags: entry.categories.map(({ name }) => name) }),
		language: entry.lang,
		...(entry.enclosures.length === 0
			? {}
			: {
					attachments: entry.enclosures.map(({ url, type, size }) => ({
						url,
						mime_type: type,
						...(size === null ? {} : { size_in_bytes: size }),
					})),
				}),
	};
}

const author = ({ name, url }: Person) => ({ name, ...(url === null ? {} : { url }) });

import { countTag } from "../../caching/tags.ts";
import { entryFeedId, feedIdOf } from "../../posts/feed-ids.ts";
import type { FeedExtension } from "../../posts/locations.ts";
import type { Post } from "../../posts/post.ts";
import { cache } from "../http/caching.ts";
import type { AppContext } from "../http/context.ts";
import { commentFeedPathOf, feedPathOf, href, listingPath } from "../ui/links.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { readCounts } from "./comment-counts.ts";
import type { FeedEntry } from "./feed.ts";
import { feedAddresses, inDirection, latestOf, numberIn, pagesOf, respondWithFeed } from "./feed-response.ts";

type PostFeed = {
	title: string;
	/** Posts of the feed, newest first. */
	posts: readonly Post[];
	/** Path of the page with the same posts. */
	path: string;
	/** The language of the list; the site's where posts of all languages are in it. */
	lang?: string;
	description?: string | undefined;
};

/** Posts in a document of a feed: enough for a feed reader that polls once a month. */
const feedLength = 20;

/** Responds with a document of the complete posts of a list, the newest or the one that `page` numbers. */
export async function respondWithPostFeed(
	c: AppContext,
	extension: FeedExtension,
	feed: PostFeed,
): Promise<Response> {
	const { archive, clock, deployedAt } = c.var.services;
	const { site } = archive;
	const number = numberIn(new URL(c.req.url).searchParams);
	const last = Math.max(1, Math.ceil(feed.posts.length / feedLength));
	if (number > last) return c.notFound();
	const posts = feed.posts.slice((number - 1) * feedLength, number * feedLength);
	const counts = await readCounts(c, posts);
	const entries: FeedEntry[] = [];
	// In sequence, so that a chunk that contains several bodies is loaded once.
	for (const post of posts) {
		const html = await archive.embeddedHtml(post, stringsFor(post.lang), "feed");
		entries.push(entryOf(c, post, html, counts === null ? null : (counts.of.get(post.id) ?? 0)));
	}
	cache(c, counts === null ? "none" : "shared", {
		tags: posts.map(({ id }) => countTag(id)),
		...(counts === null ? {} : { validator: counts.validator }),
	});
	const { name, url } = site.author;
	return respondWithFeed(c, extension, {
		id: feedIdOf(site.blogId, feed.path),
		title: feed.title,
		subtitle: feed.description ?? (site.tagline === "" ? null : site.tagline),
		lang: feed.lang ?? site.language,
		updated: latestOf(entries) ?? deployedAt(clock.now()),
		url: site.url + href(feed.path),
		authors: [{ name, url }],
		entries,
		address: feedAddresses(site.url, (format) => feedPathOf(feed.path, format)),
		pages: pagesOf(number, last),
		hub: site.hub,
	});
}

/** Returns a post as an entry; `count` is the number of its comments, null if it cannot be read. */
function entryOf(c: AppContext, post: Post, html: string, count: number | null): FeedEntry {
	const { site } = c.var.services.archive;
	const absolute = (address: string) => new URL(address, site.url).href;
	const url = site.url + href(post.path);
	return {
		id: entryFeedId(site.blogId, post),
		url,
		title: post.title,
		lang: post.lang,
		html: inDirection(html, post.lang),
		summary: post.summary === "" ? null : post.summary,
		published: post.published,
		updated: post.updated ?? post.published,
		authors: post.authors.map(({ name, slug }) => ({
			name,
			url: site.url + href(listingPath("author", slug)),
		})),
		categories: [...post.categories, ...post.tags],
		image: post.image === null ? null : absolute(post.image.src),
		enclosures: post.enclosures.map(({ src, ...file }) => ({ ...file, url: absolute(src) })),
		inReplyTo: null,
		replies:
			post.comments === "off"
				? null
				: {
						url: `${url}#comments`,
						feed: feedAddresses(site.url, (format) => commentFeedPathOf(post.path, format)),
						count,
					},
	};
}

import { escapeHtml } from "../../posts/html.ts";
import type { Post } from "../../posts/post.ts";
import { directionOf } from "../../text/direction.ts";
import { cache } from "../http/caching.ts";
import type { AppContext } from "../http/context.ts";
import { href, listingPath } from "../ui/links.ts";
import { stringsFor } from "../ui/strings/strings.ts";

type Feed = {
	title: string;
	/** Posts of the feed, newest first. */
	posts: readonly Post[];
	/** Path of the page with the same posts, and of the feed. */
	path: string;
	feedPath: string;
	lang?: string;
};

/** Wraps a body in a language from right to left, since a feed reader knows only its own direction. */
function inDirection(html: string, lang: string): string {
	return directionOf(lang) === "rtl" ? `<div lang="${escapeHtml(lang)}" dir="rtl">\n${html}</div>` : html;
}

/** Posts in a feed: enough for a feed reader that polls once a month. */
const feedLength = 20;

/** Responds with an Atom feed (RFC 4287) of complete posts. */
export async function respondWithFeed(c: AppContext, feed: Feed): Promise<Response> {
	const { archive } = c.var.services;
	const { site } = archive;
	// Loaded on demand: most isolates never serve a feed, and the writer slows down their start.
	const { writeAtomFeed } = await import("./atom.ts");
	const posts = feed.posts.slice(0, feedLength);
	const changed = posts.map((post) => post.updated ?? post.published);
	// In sequence, so that a chunk that contains several bodies is loaded once.
	const bodies: string[] = [];
	for (const post of posts) bodies.push(await archive.embeddedHtml(post, stringsFor(post.lang), "feed"));
	const xml = writeAtomFeed({
		id: site.url + href(feed.path),
		title: { value: feed.title },
		...(site.tagline === "" ? {} : { subtitle: { value: site.tagline } }),
		updated: new Date(Math.max(0, ...changed)),
		authors: [{ name: site.author.name, ...(site.author.url === null ? {} : { uri: site.author.url }) }],
		links: [
			{ rel: "self", type: "application/atom+xml", href: site.url + href(feed.feedPath) },
			{
				rel: "alternate",
				type: "text/html",
				href: site.url + href(feed.path),
				...(feed.lang === undefined ? {} : { hreflang: feed.lang }),
			},
		],
		entries: posts.map((post, index) => ({
			id: `${site.url}/#${href(post.id)}`,
			title: { value: post.title },
			published: new Date(post.published),
			updated: new Date(post.updated ?? post.published),
			authors: post.authors.map(({ name, slug }) => ({
				name,
				uri: site.url + href(listingPath("author", slug)),
			})),
			categories: [...post.categories, ...post.tags].map(({ name, slug }) => ({ term: slug, label: name })),
			links: [{ rel: "alternate", type: "text/html", href: site.url + href(post.path), hreflang: post.lang }],
			summary: { value: post.summary },
			content: { type: "html", value: inDirection(bodies[index] ?? "", post.lang) },
		})),
	});
	cache(c, "shared");
	return c.body(xml, 200, { "Content-Type": "application/atom+xml; charset=utf-8" });
}

import type { Post } from "../posts/post.ts";
import { cache } from "./caching.ts";
import type { AppContext } from "./context.ts";
import { stringsFor } from "./strings/strings.ts";
import { authorPath, href } from "./views/links.ts";

type Feed = {
	title: string;
	/** What it is a feed of, newest first. */
	posts: readonly Post[];
	/** The page with the same posts, and the feed's own address. */
	path: string;
	feedPath: string;
	lang?: string;
};

/** Posts in a feed: enough for a reader who comes by once a month. */
const feedLength = 20;

/** Answers with an Atom feed (RFC 4287) of whole posts. */
export async function showFeed(c: AppContext, feed: Feed): Promise<Response> {
	const { archive } = c.var.services;
	const { site } = archive;
	// Most readers never ask for a feed, so its writer is not part of starting up.
	const { generateAtomFeed } = await import("./atom.ts");
	const posts = feed.posts.slice(0, feedLength);
	const changed = posts.map((post) => post.updated ?? post.published);
	// One after the other, so that a text several of them lie in is read once.
	const bodies: string[] = [];
	for (const post of posts) bodies.push(await archive.htmlElsewhere(post, stringsFor(post.lang), "whole"));
	const xml = generateAtomFeed({
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
			id: `${site.url}/#${encodeURI(post.id)}`,
			title: { value: post.title },
			published: new Date(post.published),
			updated: new Date(post.updated ?? post.published),
			authors: [{ name: post.author, uri: site.url + href(authorPath(post.author)) }],
			categories: [...post.categories, ...post.tags].map(({ name, slug }) => ({ term: slug, label: name })),
			links: [{ rel: "alternate", type: "text/html", href: site.url + href(post.path), hreflang: post.lang }],
			summary: { value: post.summary },
			content: { type: "html", value: absolute(bodies[index] ?? "", site.url) },
		})),
	});
	cache(c, "shared");
	return c.body(xml, 200, { "Content-Type": "application/atom+xml; charset=utf-8" });
}

/** A feed is read elsewhere, so its links and images name the site, and one file of a picture is enough. */
function absolute(html: string, url: string): string {
	return html.replace(/ srcset="[^"]*" sizes="[^"]*"/g, "").replace(/ (href|src)="\/(?!\/)/g, ` $1="${url}/`);
}

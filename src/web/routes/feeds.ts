import { Hono } from "hono";
import { escapeHtml } from "../../posts/html.ts";
import { cache } from "../caching.ts";
import type { AppEnv } from "../context.ts";
import { authorPath, href } from "../views/links.ts";

/** What readers and crawlers follow the blog by. */
export const feeds = new Hono<AppEnv>();

/** Posts in the feed: enough for a reader who comes by once a month. */
const feedLength = 20;

feeds.get("/feed.xml", async (c) => {
	const { archive, now } = c.var.services;
	const { site } = archive;
	const { generateAtomFeed } = await import("feedsmith");
	const posts = archive.published(now()).slice(0, feedLength);
	const changed = posts.map((post) => post.updated ?? post.published);
	const xml = generateAtomFeed({
		id: `${site.url}/`,
		title: { value: site.title },
		...(site.tagline === "" ? {} : { subtitle: { value: site.tagline } }),
		updated: new Date(Math.max(0, ...changed)),
		authors: [{ name: site.author.name, ...(site.author.url === null ? {} : { uri: site.author.url }) }],
		links: [
			{ rel: "self", type: "application/atom+xml", href: `${site.url}/feed.xml` },
			{ rel: "alternate", type: "text/html", href: `${site.url}/` },
		],
		entries: posts.map((post) => ({
			id: `${site.url}/#${encodeURI(post.id)}`,
			title: { value: post.title },
			published: new Date(post.published),
			updated: new Date(post.updated ?? post.published),
			authors: [{ name: post.author, uri: site.url + href(authorPath(post.author)) }],
			categories: [...post.categories, ...post.tags].map(({ name, slug }) => ({ term: slug, label: name })),
			links: [{ rel: "alternate", type: "text/html", href: site.url + href(post.path), hreflang: post.lang }],
			summary: { value: post.summary },
			content: { type: "html", value: absolute(archive.html(post), site.url) },
		})),
	});
	cache(c, "shared");
	return c.body(xml, 200, { "Content-Type": "application/atom+xml; charset=utf-8" });
});

feeds.get("/sitemap.xml", (c) => {
	const { archive, now } = c.var.services;
	const { url } = archive.site;
	const posts = archive.published(now());
	const entries = [
		{ path: "/", changed: posts[0]?.published },
		...posts.map((post) => ({ path: post.path, changed: post.updated ?? post.published })),
		...archive.pages.map((page) => ({ path: page.path, changed: undefined })),
	].map(({ path, changed }) => {
		const lastmod = changed === undefined ? "" : `<lastmod>${new Date(changed).toISOString()}</lastmod>`;
		return `<url><loc>${escapeHtml(url + href(path))}</loc>${lastmod}</url>\n`;
	});
	cache(c, "shared");
	return c.body(
		`<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join("")}</urlset>\n`,
		200,
		{ "Content-Type": "application/xml; charset=utf-8" },
	);
});

/** A feed is read elsewhere, so its links and images name the site. */
function absolute(html: string, url: string): string {
	return html.replace(/ (href|src)="\/(?!\/)/g, ` $1="${url}/`);
}

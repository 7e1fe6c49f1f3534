import { Hono } from "hono";
import { escapeHtml } from "../../posts/html.ts";
import type { Post } from "../../posts/post.ts";
import { alternatesOf } from "../alternates.ts";
import { cache } from "../caching.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { showFeed } from "../show-feed.ts";
import { feedPathOf, homePath, href, languagePath } from "../views/links.ts";

/** What readers and crawlers follow the blog by. */
export const feeds = new Hono<AppEnv>();

feeds.get("/feed.xml", (c) => {
	const { archive, now } = c.var.services;
	return showFeed(c, {
		title: archive.site.title,
		posts: archive.published(now()),
		path: homePath(),
		feedPath: feedPathOf(homePath()),
	});
});

feeds.get("/sitemap.xml", (c) => {
	const { archive, now } = c.var.services;
	const posts = archive.published(now());
	const languages = archive.languages(now());
	const entries = [
		urlElement(c, { path: homePath(), changed: posts[0]?.published }),
		...(languages.length > 1 ? languages.map((lang) => urlElement(c, { path: languagePath(lang) })) : []),
		...posts.map((post) => urlElement(c, { path: post.path, changed: post.updated ?? post.published, post })),
		...archive.pages.map(({ path }) => urlElement(c, { path })),
	];
	cache(c, "shared");
	return c.body(
		`<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${entries.join("")}</urlset>\n`,
		200,
		{ "Content-Type": "application/xml; charset=utf-8" },
	);
});

type Place = { path: string; changed?: number | undefined; post?: Post };

function urlElement(c: AppContext, { path, changed, post }: Place): string {
	const { archive, now } = c.var.services;
	const { url } = archive.site;
	const lastmod = changed === undefined ? "" : `<lastmod>${new Date(changed).toISOString()}</lastmod>`;
	const alternates = post === undefined ? [] : alternatesOf(archive, post, now());
	const links = alternates.map(
		({ hreflang, path }) =>
			`<xhtml:link rel="alternate" hreflang="${hreflang}" href="${escapeHtml(url + href(path))}"/>`,
	);
	return `<url><loc>${escapeHtml(url + href(path))}</loc>${lastmod}${links.join("")}</url>\n`;
}

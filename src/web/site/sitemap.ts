import { Hono } from "hono";
import { escapeHtml } from "../../posts/html.ts";
import type { Page, Post } from "../../posts/post.ts";
import { cache } from "../http/caching.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";
import { homePath, href, languagePath } from "../ui/links.ts";
import { alternatesOf } from "./alternates.ts";

/** Routes of the sitemap (sitemaps.org): one file, or an index of several. */
export const sitemap = new Hono<AppEnv>();

/** Most posts in one file: the protocol allows 50,000 URLs, but a request has CPU time for about this many. */
const maxPosts = 1000;

sitemap.get("/sitemap.xml", noQuery, (c) => {
	const { archive, clock } = c.var.services;
	const posts = archive.published(clock.now());
	if (posts.length <= maxPosts) return answer(c, "urlset", [...otherUrls(c), ...posts.map(urlOf(c))]);
	const parts = Array.from({ length: partsOf(posts) }, (_, at) => {
		const changed = Math.max(...part(posts, at + 1).map((post) => post.updated ?? post.published));
		const loc = `${archive.site.url}/sitemap-${at + 1}.xml`;
		return `<sitemap><loc>${escapeHtml(loc)}</loc>${lastmod(changed)}</sitemap>\n`;
	});
	return answer(c, "sitemapindex", parts);
});

sitemap.get("/:file{sitemap-[1-9][0-9]{0,4}\\.xml}", noQuery, (c) => {
	const { archive, clock } = c.var.services;
	const posts = archive.published(clock.now());
	const number = Number(c.req.param("file").slice("sitemap-".length, -".xml".length));
	const last = partsOf(posts);
	if (posts.length <= maxPosts || number > last) return c.notFound();
	// The other URLs change with every post and go with the newest ones.
	const beside = number === last ? otherUrls(c) : [];
	return answer(c, "urlset", [...beside, ...part(posts, number).map(urlOf(c))]);
});

function partsOf(posts: readonly Post[]): number {
	return Math.ceil(posts.length / maxPosts);
}

/** Returns one part, counted from the oldest post, so that a new post changes the last part only. */
function part(posts: readonly Post[], number: number): readonly Post[] {
	const end = posts.length - (number - 1) * maxPosts;
	return posts.slice(Math.max(0, end - maxPosts), end);
}

/** Returns the entries of the home page, the language lists and the static pages. */
function otherUrls(c: AppContext): string[] {
	const { archive, clock } = c.var.services;
	const newest = archive.published(clock.now())[0];
	const languages = archive.languages(clock.now());
	const url = (path: string, beside = "") => urlElement(archive.site.url + href(path), beside);
	return [
		url(homePath(), newest === undefined ? "" : lastmod(newest.published)),
		...(languages.length > 1 ? languages.map((lang) => url(languagePath(lang))) : []),
		...archive.pages.map(urlOf(c)),
	];
}

function urlOf(c: AppContext): (entry: Post | Page) => string {
	const { archive, clock } = c.var.services;
	const { url } = archive.site;
	return (entry) => {
		const changed = "published" in entry ? lastmod(entry.updated ?? entry.published) : "";
		const alternates = alternatesOf(archive, entry, clock.now()).map(
			({ hreflang, path }) =>
				`<xhtml:link rel="alternate" hreflang="${escapeHtml(hreflang)}" href="${escapeHtml(url + href(path))}"/>`,
		);
		return urlElement(url + href(entry.path), changed + alternates.join(""));
	};
}

function urlElement(address: string, beside: string): string {
	return `<url><loc>${escapeHtml(address)}</loc>${beside}</url>\n`;
}

function lastmod(changed: number): string {
	return `<lastmod>${new Date(changed).toISOString()}</lastmod>`;
}

function answer(c: AppContext, root: "urlset" | "sitemapindex", elements: readonly string[]): Response {
	cache(c, "shared");
	const xhtml = root === "urlset" ? ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' : "";
	return c.body(
		`<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"${xhtml}>\n${elements.join("")}</${root}>\n`,
		200,
		{ "Content-Type": "application/xml; charset=utf-8" },
	);
}

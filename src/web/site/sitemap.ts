import { Hono } from "hono";
import { escapeHtml } from "../../posts/html.ts";
import type { Post } from "../../posts/post.ts";
import { cache } from "../http/caching.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";
import {
	entryAddress,
	fileNumbers,
	type ListedAddress,
	listAddresses,
	maxAddresses,
} from "./sitemap-addresses.ts";

/** Routes of the sitemap (sitemaps.org): one file, or an index of several. */
export const sitemap = new Hono<AppEnv>();

sitemap.get("/sitemap.xml", noQuery, (c) => {
	const { archive, clock } = c.var.services;
	const posts = archive.published(clock.now());
	const lists = listAddresses(archive, clock.now());
	if (posts.length + lists.length <= maxAddresses)
		return answer(c, "urlset", urlElements(c, [...lists, ...addressesOf(c, posts)]));
	const ofPosts = fileNumbers(posts).map((number) =>
		part(c, `/sitemap-${number}.xml`, Math.max(...oldestFirst(posts, number).map(changeOf))),
	);
	const ofLists = fileNumbers(lists).map((number) => part(c, `/sitemap-lists-${number}.xml`, null));
	return answer(c, "sitemapindex", [...ofPosts, ...ofLists]);
});

sitemap.get("/:file{sitemap-(?:lists-)?[1-9][0-9]{0,4}\\.xml}", noQuery, (c) => {
	const { archive, clock } = c.var.services;
	const posts = archive.published(clock.now());
	const lists = listAddresses(archive, clock.now());
	const [, kind, digits] = /^sitemap-(lists-)?(\d+)/.exec(c.req.param("file")) ?? [];
	const number = Number(digits);
	const all = kind === undefined ? posts : lists;
	if (posts.length + lists.length <= maxAddresses || !fileNumbers(all).includes(number)) return c.notFound();
	const start = (number - 1) * maxAddresses;
	const addresses =
		kind === undefined
			? addressesOf(c, oldestFirst(posts, number))
			: lists.slice(start, start + maxAddresses);
	return answer(c, "urlset", urlElements(c, addresses));
});

/** Returns the posts of one file, counted from the oldest post, so that a new post changes the last file only. */
function oldestFirst(posts: readonly Post[], number: number): readonly Post[] {
	const end = posts.length - (number - 1) * maxAddresses;
	return posts.slice(Math.max(0, end - maxAddresses), end);
}

function changeOf({ updated, published }: Post): number {
	return updated ?? published;
}

function addressesOf(c: AppContext, posts: readonly Post[]): (() => ListedAddress | null)[] {
	const { archive, clock } = c.var.services;
	return posts.map((post) => () => entryAddress(archive, post, clock.now()));
}

function urlElements(c: AppContext, addresses: readonly (() => ListedAddress | null)[]): string[] {
	const { url } = c.var.services.archive.site;
	const absolute = (path: string) => escapeHtml(new URL(path, url).href);
	return addresses.flatMap((find) => {
		const found = find();
		if (found === null) return [];
		const alternates = found.alternates.map(
			({ hreflang, path }) =>
				`<xhtml:link rel="alternate" hreflang="${escapeHtml(hreflang)}" href="${absolute(path)}"/>`,
		);
		const images = found.images.map(
			(src) => `<image:image><image:loc>${absolute(src)}</image:loc></image:image>`,
		);
		return [
			`<url><loc>${absolute(found.path)}</loc>${lastmod(found.changed)}${alternates.join("")}${images.join("")}</url>\n`,
		];
	});
}

function part(c: AppContext, path: string, changed: number | null): string {
	const loc = escapeHtml(c.var.services.archive.site.url + path);
	return `<sitemap><loc>${loc}</loc>${lastmod(changed)}</sitemap>\n`;
}

function lastmod(changed: number | null): string {
	return changed === null ? "" : `<lastmod>${new Date(changed).toISOString()}</lastmod>`;
}

function answer(c: AppContext, root: "urlset" | "sitemapindex", elements: readonly string[]): Response {
	cache(c, "shared");
	const extensions =
		root === "urlset"
			? ' xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
			: "";
	return c.body(
		`<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"${extensions}>\n${elements.join("")}</${root}>\n`,
		200,
		{ "Content-Type": "application/xml; charset=utf-8" },
	);
}

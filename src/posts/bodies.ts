import { BlogError } from "../errors.ts";
import { type Body, readBody } from "./body.ts";
import { createLruCache } from "./lru-cache.ts";
import { encodePath } from "./paths.ts";
import type { Page, Post } from "./post.ts";
import { servedMarkdown } from "./served-markdown.ts";
import type { Site } from "./site.ts";

/** The bodies of posts and pages as HTML, which the build has rendered; `labels` are in the language of the entry. */
export type Bodies = {
	/** The body for the entry's own page. */
	html(entry: Post | Page, labels: BodyLabels): Promise<string>;
	/** The body's Markdown with the addresses it is served at, absolute. */
	markdown(entry: Post | Page, labels: BodyLabels): Promise<string>;
	/** For lists, the part before `<!--more-->` or else all; for feeds, all with absolute addresses. Cached. */
	embeddedHtml(entry: Post | Page, labels: BodyLabels, place: "list" | "feed"): Promise<string>;
};

/** The message shown when a body cannot be read. */
export type BodyLabels = { bodyUnavailable: string };

/** Reads one chunk of concatenated bodies by its number; rejects when it is temporarily unavailable. */
export type ReadChunk = (number: number) => Promise<string>;

/** Bytes; a character takes up to two. */
const cacheSize = 16 * 1024 * 1024;

/** Opens the bodies. An unreadable chunk throws a `BlogError`, so that no page is served without its body. */
export function openBodies({ url }: Site, readChunk: ReadChunk): Bodies {
	// Caches strings, not promises: another request's promise may never settle if that request is cancelled.
	const cache = createLruCache<string>(cacheSize);

	const html = async (entry: Post | Page, labels: BodyLabels) => (await read(entry, labels)).html;

	async function read({ lang, body: { chunk, start, end } }: Post | Page, labels: BodyLabels): Promise<Body> {
		const bodies = await readChunk(chunk).catch((cause) => {
			throw new BlogError("unavailable", labels.bodyUnavailable, { cause, lang });
		});
		return readBody(bodies.slice(start, end));
	}

	return {
		html,
		markdown: async (entry, labels) => servedMarkdown(await read(entry, labels), url),
		async embeddedHtml(entry, labels, place) {
			const key = `${place}\n${entry.id}`;
			const known = cache.get(key);
			if (known !== undefined) return known;
			const own = await html(entry, labels);
			const { embeddedHtml } = await import("./markdown/embedded-html.ts");
			const path = encodePath(entry.path);
			const embedded =
				place === "feed"
					? embeddedHtml(own, { path, siteUrl: url })
					: embeddedHtml(beforeMoreTag(own), { path, siteUrl: null });
			cache.set(key, embedded, embedded.length * 2);
			return embedded;
		},
	};
}

/** Returns a body's HTML up to `<!--more-->`, which contains the end tags of what is open there, or all of it. */
function beforeMoreTag(html: string): string {
	const [tag, endTags = ""] = /^<!--more(.*?)-->/m.exec(html) ?? [];
	return tag === undefined ? html : html.slice(0, html.indexOf(`\n${tag}`) + 1) + endTags;
}

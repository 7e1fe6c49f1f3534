import type { D1Database } from "@cloudflare/workers-types";
import { Temporal } from "temporal-polyfill";
import type { Content } from "../build/content.ts";
import { type Archive, openArchive } from "../posts/archive.ts";
import { embeddedHtml } from "../posts/markdown/embedded-html.ts";
import { encodePath } from "../posts/paths.ts";
import type { Page, Post } from "../posts/post.ts";
import { openIndex, writeIndex } from "../posts/post-index.ts";
import { stringsFor } from "../web/ui/strings/strings.ts";
import { readComments } from "./comments.ts";
import type { CommentedPage } from "./disqus.ts";
import type { ExportedBlog, ExportedEntry } from "./wordpress.ts";

/** Opens the archive of content that was read, without a Worker. */
export function archiveOf({ manifest, posts, chunks }: Content): Archive {
	return openArchive(
		manifest,
		openIndex(writeIndex(posts)),
		async (number) => chunks[number]?.parts.join("") ?? "",
	);
}

/** Returns all posts, the oldest first, and pages, with their numbers: WordPress's own, or the next ones. */
export function numbered({ posts, manifest }: Content): { entry: Post | Page; number: number }[] {
	const entries = [...posts.toReversed(), ...manifest.pages];
	let last = Math.max(0, ...entries.map(({ wordpressId }) => wordpressId ?? 0));
	return entries.map((entry) => ({ entry, number: entry.wordpressId ?? ++last }));
}

/** Returns the blog's facts for WordPress. `ownMedia` are the addresses of media without their smaller versions. */
export function blogOf({ manifest: { site }, posts }: Content, ownMedia: readonly string[]): ExportedBlog {
	const authors = new Map<string, string>();
	for (const { authors: own } of posts) for (const { slug, name } of own) authors.set(slug, name);
	return {
		title: site.title,
		description: site.tagline,
		address: site.url,
		language: site.language,
		authors: Array.from(authors, ([login, name]) => ({ login, name })).sort((a, b) =>
			a.login < b.login ? -1 : 1,
		),
		media: ownMedia.map((path) => ({
			address: site.url + encodePath(path),
			name: path.slice(path.lastIndexOf("/") + 1),
		})),
	};
}

/** Reads posts and pages with their comments for WordPress. */
export async function* entriesFor(
	content: Content,
	d1: D1Database | null,
	now: number,
): AsyncGenerator<ExportedEntry> {
	const archive = archiveOf(content);
	const { site } = archive;
	const first = content.posts.at(-1)?.published ?? now;
	for (const { entry, number } of numbered(content)) {
		const isPost = "published" in entry;
		const published = isPost ? entry.published : first;
		const html = await archive.html(entry, stringsFor(entry.lang));
		yield {
			number,
			kind: isPost ? "post" : "page",
			id: entry.id,
			title: entry.title,
			slug: entry.slug,
			address: site.url + encodePath(entry.path),
			published,
			updated: isPost ? entry.updated : null,
			local: localTime(published, site.timezone),
			status: isPost && entry.draft ? "draft" : published > now ? "future" : "publish",
			author: (isPost ? entry.authors[0]?.slug : undefined) ?? "",
			html: embeddedHtml(html, { path: encodePath(entry.path), siteUrl: site.url }),
			summary: entry.summary,
			categories: isPost ? entry.categories : [],
			tags: isPost ? entry.tags : [],
			open: entry.comments === "open",
			comments: d1 === null ? [] : await readComments(d1, entry.id),
		};
	}
}

/** Reads posts and pages with their comments for Disqus. */
export async function* pagesFor(content: Content, d1: D1Database): AsyncGenerator<CommentedPage> {
	const { site } = content.manifest;
	for (const { entry, number } of numbered(content)) {
		yield {
			number,
			address: site.url + encodePath(entry.path),
			title: entry.title,
			published: "published" in entry ? entry.published : 0,
			comments: await readComments(d1, entry.id),
		};
	}
}

function localTime(at: number, timezone: string): string {
	const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDateTime();
	return local.toString({ smallestUnit: "second" }).replace("T", " ");
}

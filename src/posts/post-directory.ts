import type { AddressLookup } from "./addresses.ts";
import { lazy } from "./lazy.ts";
import { foldCase, pathKey } from "./paths.ts";
import { isPublished, type Page, type Post } from "./post.ts";
import type { PostIndex } from "./post-index.ts";
import { dateKey, type Taxonomy } from "./taxonomy.ts";

/** Index of every address of the posts and pages, old addresses included. */
export type PostDirectory = {
	/** Finds a post or page by its path key. */
	entry(key: string): Post | Page | null;
	/** Returns a lookup restricted to content visible at an instant. */
	at(now: number): AddressLookup;
};

/** Indexes the addresses of posts and pages; each index is built on first use. */
export function createPostDirectory(
	index: PostIndex,
	pages: readonly Page[],
	taxonomy: Taxonomy,
): PostDirectory {
	const pagesByKey = lazy(() => new Map(pages.map((page) => [pathKey(page.path), page])));
	const aliases = lazy(() => aliasIndex(index, pages));
	const wordpressIds = lazy(() => wordpressIdIndex(index, pages));
	// A current address takes precedence over another entry's old one.
	const entry = (key: string) => index.atPathKey(key) ?? pagesByKey().get(key) ?? aliases().get(key) ?? null;
	return {
		entry,
		at: (now) => {
			const pathOf = (found: Post | Page | null | undefined) =>
				found && isPublic(found, now) ? found.path : null;
			const hasPosts = (group: ReturnType<Taxonomy["group"]>) =>
				group !== null && group.published(now).length > 0;
			return {
				entry: (key) => pathOf(entry(key)),
				byWordpressId: (wordpressId) => pathOf(wordpressIds().get(wordpressId)),
				byDate: (slug, year, month, day) => {
					const posts = taxonomy.group("date", dateKey(year, month))?.all(now) ?? [];
					return pathOf(
						posts.find((post) => foldCase(post.slug) === slug && (day ?? post.day.day) === post.day.day),
					);
				},
				listing: (by, slug) => {
					const group = taxonomy.group(by, slug);
					return hasPosts(group) ? (group?.slug ?? null) : null;
				},
				language: (lang) => hasPosts(taxonomy.group("language", lang)),
				month: (year, month) => hasPosts(taxonomy.group("date", dateKey(year, month))),
			};
		},
	};
}

/** Whether an entry is public at an instant: pages always are, posts from their publication on. */
export function isPublic(entry: Post | Page, now: number): boolean {
	return !("published" in entry) || isPublished(entry, now);
}

function aliasIndex(index: PostIndex, pages: readonly Page[]): Map<string, Post | Page> {
	const addresses = new Map<string, Post | Page>();
	for (const page of pages) for (const alias of page.aliases) addresses.set(alias, page);
	for (const [key, post] of index.aliases()) addresses.set(key, post);
	return addresses;
}

function wordpressIdIndex(index: PostIndex, pages: readonly Page[]): Map<number, Post | Page> {
	const ids = new Map<number, Post | Page>(index.wordpressIds());
	for (const page of pages) if (page.wordpressId !== null) ids.set(page.wordpressId, page);
	return ids;
}

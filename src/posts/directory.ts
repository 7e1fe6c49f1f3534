import type { Directory } from "./addresses.ts";
import { type Catalogue, dateKey } from "./catalogue.ts";
import { once } from "./once.ts";
import { fold, pathKey } from "./paths.ts";
import { isPublished, type Page, type Post } from "./post.ts";
import type { PostIndex } from "./post-index.ts";

/** Where every address of the content leads, old ones included. */
export type Places = {
	/** By path key. */
	entry(key: string): Post | Page | null;
	/** What readers have at an instant, in the words addresses are resolved by. */
	at(now: number): Directory;
};

/** Indexes the addresses of the posts and pages, each index when it is first needed. */
export function placesOf(index: PostIndex, pages: readonly Page[], catalogue: Catalogue): Places {
	const addresses = once(() => addressIndex(index, pages));
	const numbers = once(() => numberIndex(index, pages));
	const entry = (key: string) => addresses().get(key) ?? null;
	return {
		entry,
		at: (now) => {
			const pathOf = (found: Post | Page | null | undefined) =>
				found && isVisible(found, now) ? found.path : null;
			const shown = (group: ReturnType<Catalogue["group"]>) =>
				group !== null && group.published(now).length > 0;
			return {
				entry: (key) => pathOf(entry(key)),
				numbered: (wordpressId) => pathOf(numbers().get(wordpressId)),
				dated: (slug, year, month, day) => {
					const posts = catalogue.group("date", dateKey(year, month))?.published(now) ?? [];
					return pathOf(
						posts.find((post) => fold(post.slug) === slug && (day ?? post.day.day) === post.day.day),
					);
				},
				listing: (by, slug) => {
					const group = catalogue.group(by, slug);
					return shown(group) ? (group?.slug ?? null) : null;
				},
				language: (lang) => shown(catalogue.group("language", lang)),
				month: (year, month) => shown(catalogue.group("date", dateKey(year, month))),
			};
		},
	};
}

/** Pages are always there; posts from their minute on. */
export function isVisible(entry: Post | Page, now: number): boolean {
	return !("published" in entry) || isPublished(entry, now);
}

/** What an entry is called now wins over what another was called before. */
function addressIndex(index: PostIndex, pages: readonly Page[]): Map<string, Post | Page> {
	const addresses = new Map<string, Post | Page>();
	for (const page of pages) for (const alias of page.aliases) addresses.set(alias, page);
	for (const [key, post] of index.aliases()) addresses.set(key, post);
	for (const page of pages) addresses.set(pathKey(page.path), page);
	for (const [key, post] of index.keys()) addresses.set(key, post);
	return addresses;
}

function numberIndex(index: PostIndex, pages: readonly Page[]): Map<number, Post | Page> {
	const numbers = new Map<number, Post | Page>(index.numbers());
	for (const page of pages) if (page.wordpressId !== null) numbers.set(page.wordpressId, page);
	return numbers;
}

import type { Directory } from "./addresses.ts";
import { type Catalogue, dateKey } from "./catalogue.ts";
import type { Manifest } from "./manifest.ts";
import { once } from "./once.ts";
import { fold, pathKey } from "./paths.ts";
import { isPublished, type Page, type Post } from "./post.ts";

/** Where every address of the content leads, old ones included. */
export type Places = {
	/** By path key. */
	entry(key: string): Post | Page | null;
	/** What readers have at an instant, in the words addresses are resolved by. */
	at(now: number): Directory;
};

/** Indexes the addresses of the posts and pages, each index when it is first needed. */
export function placesOf(manifest: Manifest, catalogue: Catalogue): Places {
	const addresses = once(() => addressIndex(manifest));
	const numbers = once(() => numberIndex(manifest));
	const slugs = once(() => Map.groupBy(manifest.posts, ({ slug }) => fold(slug)));
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
				dated: (slug, year, month, day) =>
					pathOf(
						slugs()
							.get(slug)
							?.find(
								(post) =>
									post.day.year === year &&
									post.day.month === month &&
									(day ?? post.day.day) === post.day.day,
							),
					),
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
function addressIndex({ posts, pages }: Manifest): Map<string, Post | Page> {
	const index = new Map<string, Post | Page>();
	for (const entry of [...pages, ...posts]) for (const alias of entry.aliases) index.set(alias, entry);
	for (const entry of [...pages, ...posts]) index.set(pathKey(entry.path), entry);
	return index;
}

function numberIndex({ posts, pages }: Manifest): Map<number, Post | Page> {
	const index = new Map<number, Post | Page>();
	for (const entry of [...posts, ...pages]) {
		if (entry.wordpressId !== null) index.set(entry.wordpressId, entry);
	}
	return index;
}

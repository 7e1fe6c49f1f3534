import type { Archive } from "../../posts/archive.ts";
import type { Page, Post } from "../../posts/post.ts";
import type { Alternate } from "../ui/layout.tsx";
import { homePath, href, languagePath, listingPath, monthPath, yearPath } from "../ui/links.ts";
import { alternatesOf, languageAlternates } from "./alternates.ts";

/** An address in the sitemap: encoded, with the epoch milliseconds of its last change if known. */
export type ListedAddress = {
	path: string;
	changed: number | null;
	alternates: readonly Alternate[];
	images: readonly string[];
};

/** Most addresses in one file: the protocol allows 50,000, but a request has CPU time for about this many. */
export const maxAddresses = 1000;

/** Returns the numbers of the files of a list. */
export function fileNumbers({ length }: readonly unknown[]): number[] {
	return Array.from({ length: Math.ceil(length / maxAddresses) }, (_, at) => at + 1);
}

/** Returns the paths of the sitemap's files. */
export function sitemapPaths(archive: Archive, now: number): string[] {
	const posts = archive.published(now);
	const lists = listAddresses(archive, now);
	if (posts.length + lists.length <= maxAddresses) return ["/sitemap.xml"];
	const parts = [
		...fileNumbers(posts).map((number) => `/sitemap-${number}.xml`),
		...fileNumbers(lists).map((number) => `/sitemap-lists-${number}.xml`),
	];
	return ["/sitemap.xml", ...parts];
}

/** Returns the address of a post or page; null if it appeared first on another site, which search engines list then. */
export function entryAddress(archive: Archive, entry: Post | Page, now: number): ListedAddress | null {
	if (entry.canonical !== null) return null;
	return {
		path: href(entry.path),
		changed: "published" in entry ? changeOf(entry) : null,
		alternates: alternatesOf(archive, entry, now).map(encoded),
		images: entry.shownImages,
	};
}

/**
 * Returns the addresses of the home page, the lists and the pages. Each is found when it is called for, since a blog has
 * thousands of tags; it is null if the list has no published post.
 */
export function listAddresses(archive: Archive, now: number): (() => ListedAddress | null)[] {
	const { postsPerPage } = archive.site;
	const byLanguage = languageAlternates(archive, now);
	const listed = (path: string, shown: readonly Post[], alternates: readonly Alternate[] = []) =>
		shown.length === 0
			? null
			: {
					path: href(path),
					changed: Math.max(...shown.map(changeOf)),
					alternates: alternates.map(encoded),
					images: [],
				};
	/** Dated lists show titles and dates, which a revision leaves as they are. */
	const dated = (path: string, posts: readonly Post[]) =>
		posts[0] === undefined ? null : { path, changed: posts[0].published, alternates: [], images: [] };
	const firstPage = (posts: readonly Post[]) => archive.pinnedFirst(posts).slice(0, postsPerPage);
	const dates = archive.allGroups("date").map(({ slug, published }) => () => {
		const [year = 0, month] = slug.split("-").map(Number);
		return dated(month === undefined ? yearPath(year) : monthPath(year, month), published(now));
	});
	const terms = (["category", "tag", "author"] as const).flatMap((by) =>
		archive.allGroups(by).map(
			({ slug, published }) =>
				() =>
					listed(listingPath(by, slug), published(now).slice(0, postsPerPage)),
		),
	);
	const series = archive.allGroups("series").map(
		({ slug, published }) =>
			() =>
				listed(listingPath("series", slug), published(now)),
	);
	const languages = byLanguage.length === 0 ? [] : archive.languages(now);
	return [
		() => ({ ...emptyHome, ...listed(homePath(), firstPage(archive.published(now)), byLanguage) }),
		...languages.map((lang) => () => {
			const posts = archive.inLanguage(lang, now)?.posts ?? [];
			return listed(languagePath(lang), firstPage(posts), byLanguage);
		}),
		() => dated("/archive/", archive.published(now)),
		...dates,
		...terms,
		...series,
		...archive.pages
			.filter(({ unlisted }) => !unlisted)
			.map((page) => () => entryAddress(archive, page, now)),
	];
}

const emptyHome: ListedAddress = { path: homePath(), changed: null, alternates: [], images: [] };

function changeOf({ updated, published }: Post): number {
	return updated ?? published;
}

function encoded({ hreflang, path }: Alternate): Alternate {
	return { hreflang, path: href(path) };
}

import type { Archive } from "../../posts/archive.ts";
import {
	blogrollPath,
	commentFeedPathOf,
	feedExtensions,
	type Listing,
	markdownPathOf,
} from "../../posts/locations.ts";
import type { Post } from "../../posts/post.ts";
import { feedPathOf, homePath, href, languagePath, listingPath, monthPath, yearPath } from "../ui/links.ts";
import { feedStylePath } from "./feed-style.ts";
import { sitemapPaths } from "./sitemap-addresses.ts";

/**
 * Returns the encoded paths of all pages and files that every reader shares, for a copy of the whole site. A new kind of page
 * joins it here; `test/unit/web/public-addresses.test.ts` finds routes that are missing.
 */
export function publicAddresses(archive: Archive, now: number): string[] {
	const paginated = (posts: readonly Post[], pathOf: (page: number) => string) =>
		Array.from({ length: archive.paginate(posts, 1)?.last ?? 1 }, (_, at) => pathOf(at + 1));
	const feedsOf = (path: string) => feedExtensions.map((extension) => feedPathOf(path, extension));
	const commentFeedsOf = (path: string) =>
		feedExtensions.map((extension) => commentFeedPathOf(path, extension));
	const published = archive.published(now);
	const listed = (by: Listing) =>
		archive.allGroups(by).flatMap(({ slug }) => {
			const posts = archive.listing(by, slug, now)?.posts ?? [];
			if (posts.length === 0) return [];
			const path = listingPath(by, slug);
			const pages = by === "series" ? [path] : paginated(posts, (page) => listingPath(by, slug, page));
			return [...pages, ...feedsOf(path)];
		});
	const dated = archive.allGroups("date").flatMap(({ slug }) => {
		const [year = 0, month] = slug.split("-").map(Number);
		if (archive.byDate(year, month ?? null, now).length === 0) return [];
		return [month === undefined ? yearPath(year) : monthPath(year, month)];
	});
	const languages = archive
		.languages(now)
		.flatMap((lang) => [
			...paginated(archive.inLanguage(lang, now)?.posts ?? [], (page) => languagePath(lang, page)),
			...feedsOf(languagePath(lang)),
		]);
	// Of every language, so that those in no list are among them.
	const entries = [...archive.allGroups("language").flatMap((group) => group.all(now)), ...archive.pages];
	return [
		...paginated(published, homePath),
		...feedsOf(homePath()),
		"/archive/",
		...dated,
		...(["category", "tag", "author", "series"] as const).flatMap(listed),
		...languages,
		...entries.flatMap(({ path }) => [path, markdownPathOf(path)]),
		...commentFeedsOf(homePath()),
		...entries.filter(({ comments }) => comments !== "off").flatMap(({ path }) => commentFeedsOf(path)),
		...sitemapPaths(archive, now),
		...(archive.site.blogroll.length > 0 ? [blogrollPath] : []),
		feedStylePath,
		...(archive.site.securityContact === null ? [] : ["/.well-known/security.txt"]),
		"/robots.txt",
	].map(href);
}

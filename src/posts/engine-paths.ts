import { feedExtensions } from "./locations.ts";

/** First segments of the engine's own paths, by what is below them; posts and pages cannot use them. */
export const enginePaths = {
	/** Pages of posts, the same for every reader. */
	pages: ["archive", "author", "category", "page", "search", "series", "tag"],
	/** Files, the same for every reader. */
	files: [
		".well-known",
		...feedExtensions.flatMap((extension) => [
			`feed.${extension}` as const,
			`comments.${extension}` as const,
		]),
		"blogroll.opml",
		"feed.css",
		"healthz",
		"llms-full.txt",
		"llms.txt",
		"metrics",
		"opensearch.xml",
		"readyz",
		"robots.txt",
		"scripts",
		"sitemap.xml",
	],
	/** Static assets, the same for every reader; the Worker does not serve them. */
	assets: [
		"apple-touch-icon.png",
		"favicon.ico",
		"icon-192.png",
		"icon-512.png",
		"icon-maskable-512.png",
		"icon.svg",
		"media",
		"share",
		"site.webmanifest",
	],
	/** Data for programs, the same for every one. */
	api: ["api"],
	/** Pages and forms for one visitor. */
	visitor: ["comments", "me", "reactions", "subscriptions", "verifications"],
	/** Pages and forms for members. */
	admin: ["admin", "moderation"],
	/** Names with no page: old links to `/feed/` lead to the feed. */
	unused: ["feed"],
} as const satisfies Record<string, readonly string[]>;

/** Segments that crawlers and prefetching browsers leave alone. */
export const privateSegments: readonly string[] = [...enginePaths.visitor, ...enginePaths.admin];

/** First path segments reserved for the engine. */
export const reservedSegments: ReadonlySet<string> = new Set(Object.values(enginePaths).flat());

/** Whether a path is of a page of posts or of one post, whose canonical addresses alone end with a slash. */
export function isPagePath(path: string): boolean {
	return path.endsWith("/") && !otherSegments.has(firstSegmentOf(path));
}

/** Whether a path is an admin page; those have their own language and style sheet. */
export function isAdminPath(path: string): boolean {
	return adminSegments.has(firstSegmentOf(path));
}

/** Whether a path is of the API, whose errors are JSON. */
export function isApiPath(path: string): boolean {
	return apiSegments.has(firstSegmentOf(path));
}

function firstSegmentOf(path: string): string {
	const [, first = ""] = path.split("/", 2);
	return first;
}

const adminSegments: ReadonlySet<string> = new Set(enginePaths.admin);
const apiSegments: ReadonlySet<string> = new Set(enginePaths.api);
const otherSegments: ReadonlySet<string> = new Set([...privateSegments, ...enginePaths.api]);

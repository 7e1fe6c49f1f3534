import { reservedSegments } from "../posts/engine-paths.ts";
import { commentFeedPathOf, feedExtensions } from "../posts/locations.ts";
import { pathKey } from "../posts/paths.ts";
import type { Post } from "../posts/post.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { ParseResult } from "./fields.ts";

const placeholders = [":year", ":month", ":day", ":slug", ":category", ":lang"];

/** Validates a permalink pattern. */
export function parsePermalink(pattern: string): ParseResult<string> {
	const example = "write one such as /:year/:month/:day/:slug/.";
	if (!pattern.startsWith("/")) return { error: `"${pattern}" does not start with /; ${example}` };
	for (const [name] of pattern.matchAll(/:[\p{L}\p{N}_]*/gu)) {
		if (!placeholders.includes(name)) {
			return { error: `"${name}" is not a permalink placeholder; ${didYouMean(name, placeholders)}` };
		}
	}
	if (!pattern.includes(":slug")) {
		return { error: `"${pattern}" has no :slug, so posts would share an address; ${example}` };
	}
	if (/[?#%\\\s\p{Cc}\p{Default_Ignorable_Code_Point}]|\/\/|\/\.{1,2}(?:\/|$)/u.test(pattern)) {
		return { error: `"${pattern}" is not a path; ${example}` };
	}
	return { value: pattern.normalize("NFC") };
}

/**
 * Returns the address of a post. Years have four digits, months and days two; the category is the first one, or
 * `uncategorized` as in WordPress; the language is its tag in lower case.
 */
export function formatPermalink(
	pattern: string,
	{ day, slug, categories, lang }: Pick<Post, "day" | "slug" | "categories" | "lang">,
): string {
	const parts: Record<string, string> = {
		":year": String(day.year).padStart(4, "0"),
		":month": String(day.month).padStart(2, "0"),
		":day": String(day.day).padStart(2, "0"),
		":slug": slug,
		":category": categories[0]?.slug ?? "uncategorized",
		":lang": lang.toLowerCase(),
	};
	return pattern
		.replace(/:(?:year|month|day|slug|category|lang)/g, (name) => parts[name] ?? name)
		.normalize("NFC");
}

/**
 * Explains why an address (as `pathKey`) is reserved; null if it is free. `languages` are the lower-case tags of all
 * languages with posts, each of which has a list of posts below its tag.
 */
export function explainReservedPath(key: string, languages: ReadonlySet<string>): string | null {
	const [, first = "", second = ""] = key.split("/");
	if (key === "/") return "is the home page";
	if (reservedSegments.has(first)) return `is reserved, like everything below /${first}/`;
	if (feedExtensions.some((extension) => key.endsWith(commentFeedPathOf("", extension))))
		return "is reserved for the comments of another post or page";
	if (/^\/sitemap-(?:lists-)?\d+\.xml$/.test(key)) return "is reserved for the sitemap";
	if (key.endsWith("/index.md")) return "is reserved for the Markdown of another post or page";
	if (/^\/llms-full-\d+\.txt$/.test(key)) return "is reserved for the posts as Markdown";
	if (/^\/\d{4}(?:\/\d{2})?$/.test(key)) return "is reserved for the archive of a year or month";
	if (
		languages.has(first) &&
		["", "page", "feed", ...feedExtensions.map((extension) => `feed.${extension}`)].includes(second)
	) {
		return "is reserved for the list of posts in that language";
	}
	return null;
}

/** Explains why all addresses of a permalink pattern are reserved; null if they are not. */
export function explainReservedPattern(pattern: string, languages: ReadonlySet<string>): string | null {
	const folders = /^(?:\/[^/:]+(?=\/))+/.exec(pattern)?.[0];
	return folders === undefined ? null : explainReservedPath(pathKey(`${folders}/-`), languages);
}

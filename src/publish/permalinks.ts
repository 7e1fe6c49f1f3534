import { pathKey, reservedSegments } from "../posts/paths.ts";
import type { Post } from "../posts/post.ts";
import type { Reading } from "./fields.ts";
import { suggest } from "./nearest.ts";

const placeholders = [":year", ":month", ":day", ":slug", ":category", ":lang"];

/** Checks the pattern every post's address is made from. */
export function parsePermalink(pattern: string): Reading<string> {
	const example = "write one such as /:year/:month/:day/:slug/.";
	if (!pattern.startsWith("/")) return { wrong: `"${pattern}" does not begin with /; ${example}` };
	for (const [name] of pattern.matchAll(/:[\p{L}\p{N}_]*/gu)) {
		if (!placeholders.includes(name)) {
			return { wrong: `"${name}" is not part of a permalink; ${suggest(name, placeholders)}` };
		}
	}
	if (!pattern.includes(":slug")) {
		return { wrong: `"${pattern}" has no :slug, so posts would share an address; ${example}` };
	}
	if (/[?#%\\\s\p{Cc}]|\/\/|\/\.{1,2}(?:\/|$)/u.test(pattern)) {
		return { wrong: `"${pattern}" is not a path; ${example}` };
	}
	return { value: pattern.normalize("NFC") };
}

/**
 * The address of a post: months and days are two digits, years four; the category is the first, or `uncategorized` as in
 * WordPress; the language is its tag in lower case.
 */
export function permalinkOf(
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
 * Why an address (as its `pathKey`) is not free to take, or null when it is. `languages` are the tags, in lower case,
 * of the languages the site is written in; the posts of each are listed under it.
 */
export function whyTaken(key: string, languages: ReadonlySet<string>): string | null {
	const [, first = "", second = ""] = key.split("/");
	if (key === "/") return "is the home page";
	if (reservedSegments.has(first)) return `belongs to the blog itself, as everything under /${first}/ does`;
	if (/^\/sitemap-\d+\.xml$/.test(key)) return "is a part of the sitemap";
	if (/^\/\d{4}(?:\/\d{2})?$/.test(key)) return "is the archive of a year or a month";
	if (languages.has(first) && ["", "page", "feed", "feed.xml"].includes(second)) {
		return "is where the posts in that language are listed";
	}
	return null;
}

/** Why no post at all can have an address of this pattern, or null. */
export function whyPatternTaken(pattern: string, languages: ReadonlySet<string>): string | null {
	const folders = /^(?:\/[^/:]+(?=\/))+/.exec(pattern)?.[0];
	return folders === undefined ? null : whyTaken(pathKey(`${folders}/-`), languages);
}

import { pathKey, reservedSegments } from "../posts/paths.ts";
import type { Post } from "../posts/post.ts";
import type { Reading } from "./fields.ts";
import { suggest } from "./nearest.ts";

const placeholders = [":year", ":month", ":day", ":slug"];

/** Checks the pattern every post's address is made from. */
export function parsePermalink(pattern: string): Reading<string> {
	const example = "write one such as /:year/:month/:day/:slug/.";
	if (!pattern.startsWith("/")) return { wrong: `"${pattern}" does not begin with /; ${example}` };
	for (const [name] of pattern.matchAll(/:[\p{L}\p{N}_]*/gu)) {
		if (!placeholders.includes(name)) {
			return { wrong: `"${name}" is not a part of a date or a slug; ${suggest(name, placeholders)}` };
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

/** The address of a post: months and days are two digits, years four. */
export function permalinkOf(pattern: string, { year, month, day }: Post["day"], slug: string): string {
	const parts: Record<string, string> = {
		":year": String(year).padStart(4, "0"),
		":month": String(month).padStart(2, "0"),
		":day": String(day).padStart(2, "0"),
		":slug": slug,
	};
	return pattern.replace(/:(?:year|month|day|slug)/g, (name) => parts[name] ?? name).normalize("NFC");
}

/**
 * Why an address (as its `pathKey`) is not free to take, or null when it is. `languages` are the two or three letters
 * of each language the site is written in; a page of its own will list the posts of each.
 */
export function whyTaken(key: string, languages: ReadonlySet<string>): string | null {
	const [, first = ""] = key.split("/");
	if (key === "/") return "is the home page";
	if (reservedSegments.has(first)) return `belongs to the blog itself, as everything under /${first}/ does`;
	if (/^\/\d{4}(?:\/\d{2})?$/.test(key)) return "is the archive of a year or a month";
	if (languages.has(first))
		return `is kept for the posts in that language, as everything under /${first}/ is`;
	return null;
}

/** Why no post at all can have an address of this pattern, or null. */
export function whyPatternTaken(pattern: string, languages: ReadonlySet<string>): string | null {
	const [, first = ""] = pattern.split("/");
	return first.includes(":") ? null : whyTaken(pathKey(`/${first}/-`), languages);
}

import { slugify } from "../posts/paths.ts";
import type { Reading } from "./fields.ts";

/** Checks one segment of an address as its owner wrote it, in any script; it is kept in NFC. */
export function parseSlug(written: string): Reading<string> {
	const slug = written.normalize("NFC");
	const sign = /[/\\?#%\s\p{Cc}]/u.exec(slug)?.[0];
	if (sign === undefined && !/^\.{0,2}$/.test(slug)) return { value: slug };
	const fault = sign === undefined ? "is no name for an address" : `holds ${nameOf(sign)}`;
	const better = slugify(slug);
	return { wrong: `"${slug}" ${fault}; write one such as ${better === "" ? "my-first-post" : better}.` };
}

/** The slug a file name gives: without a leading date, spaces as hyphens. */
export function slugFromName(name: string): string {
	return name
		.slice(name.lastIndexOf("/") + 1)
		.replace(/^\d{4}-\d{2}-\d{2}-/, "")
		.trim()
		.replace(/\s+/g, "-");
}

/** Checks a name that will have an address of its own: a category, tag, series or author. */
export function parseName(written: string): Reading<string> {
	if (slugify(written) !== "") return { value: written };
	return { wrong: `"${written}" has no letter or digit to make an address of; write another name.` };
}

function nameOf(sign: string): string {
	return /\s/.test(sign) ? "a space" : /\p{Cc}/u.test(sign) ? "a control character" : `"${sign}"`;
}

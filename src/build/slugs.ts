import { slugify, slugifyTerm } from "../posts/paths.ts";
import { isVisible, stripIgnorable } from "../text/visible.ts";
import type { ParseResult } from "./fields.ts";

/** Validates a slug in any script and converts it to NFC, without characters that have no glyph. */
export function parseSlug(input: string): ParseResult<string> {
	const slug = stripIgnorable(input).normalize("NFC");
	const character = /[/\\?#%\s\p{Cc}]/u.exec(slug)?.[0];
	if (character === undefined && isVisible(slug) && !/^\.{0,2}$/.test(slug)) return { value: slug };
	const reason = character === undefined ? "is not a valid slug" : `contains ${describeCharacter(character)}`;
	const suggestion = slugify(slug);
	return {
		error: `"${slug}" ${reason}; write one such as ${suggestion === "" ? "my-first-post" : suggestion}.`,
	};
}

/** Returns the name of an entry: its path without the extension, and for `trip/index.md` that of its folder. */
export function entryName(name: string): string {
	return name.replace(/(?<=[^/])\/index$/i, "");
}

/** Derives a slug from an entry's name: without a leading date, and with hyphens for spaces. */
export function slugFromName(name: string): string {
	return name
		.slice(name.lastIndexOf("/") + 1)
		.replace(/^\d{4}-\d{2}-\d{2}-/, "")
		.trim()
		.replace(/\s+/g, "-");
}

/** Validates the name of a category, tag, series or author, from which a slug is made. */
export function parseName(input: string): ParseResult<string> {
	if (slugifyTerm(input) !== "") return { value: input };
	return { error: `"${input}" has no letter, digit or emoji to make an address from; choose another name.` };
}

function describeCharacter(character: string): string {
	return /\s/.test(character)
		? "a space"
		: /\p{Cc}/u.test(character)
			? "a control character"
			: `"${character}"`;
}

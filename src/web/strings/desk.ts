import { deskEn } from "./desk-en.ts";
import { deskJa } from "./desk-ja.ts";
import type { Catalogue } from "./message.ts";

/** What the desk says in one language. Apart from the reader's strings, because readers never see it. */
export type DeskStrings = Catalogue<typeof deskEn>;

const catalogues: Record<string, DeskStrings> = { en: deskEn, ja: deskJa };

/**
 * The language of the desk: the first that the moderator's browser asks for (`Accept-Language`, RFC 9110) and the desk
 * speaks, else the site's, else English.
 */
export function deskLanguage(accepted: string | undefined, site: string): string {
	const wanted = (accepted ?? "").split(",").map((range) => range.split(";")[0] ?? "");
	const spoken = [...wanted, site].map((tag) => tag.trim().toLowerCase().split("-")[0] ?? "");
	return spoken.find((language) => Object.hasOwn(catalogues, language)) ?? "en";
}

/** The desk's catalogue for one of its languages. */
export function deskStringsFor(language: string): DeskStrings {
	return catalogues[language] ?? deskEn;
}

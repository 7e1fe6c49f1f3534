import { languageAskedFor } from "./asked-for.ts";
import { deskEn } from "./desk-en.ts";
import { deskJa } from "./desk-ja.ts";
import type { Catalogue } from "./message.ts";

/** What the desk says in one language. Apart from the reader's strings, because readers never see it. */
export type DeskStrings = Catalogue<typeof deskEn>;

const catalogues: Record<string, DeskStrings> = { en: deskEn, ja: deskJa };

/** The language of the desk for a moderator whose browser asks for these. */
export function deskLanguage(accepted: string | undefined, site: string): string {
	return languageAskedFor(accepted, Object.keys(catalogues), site);
}

/** The desk's catalogue for one of its languages. */
export function deskStringsFor(language: string): DeskStrings {
	return catalogues[language] ?? deskEn;
}

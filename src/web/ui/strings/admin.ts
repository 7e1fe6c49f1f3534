import { adminEn } from "./admin-en.ts";
import { adminJa } from "./admin-ja.ts";
import type { Catalogue } from "./message.ts";

/** The admin's strings in one language. Separate from the readers' strings, because readers never see them. */
export type AdminStrings = Catalogue<typeof adminEn>;

const catalogues: Record<string, AdminStrings> = { en: adminEn, ja: adminJa };

/** The languages of the admin. */
export const adminLanguages: readonly string[] = Object.keys(catalogues);

/** Returns the admin's strings in a language, English where there are none. */
export function adminStringsFor(language: string): AdminStrings {
	return catalogues[language] ?? adminEn;
}

import { adminEn } from "./admin-en.ts";
import { adminJa } from "./admin-ja.ts";
import type { Catalogue } from "./message.ts";
import { preferredLanguage } from "./preferred-language.ts";

/** The admin's strings in one language. Separate from the readers' strings, because readers never see them. */
export type AdminStrings = Catalogue<typeof adminEn>;

const catalogues: Record<string, AdminStrings> = { en: adminEn, ja: adminJa };

/** Picks the admin's language from an `Accept-Language` header; the site's language is the fallback. */
export function adminLanguage(acceptLanguage: string | undefined, site: string): string {
	return preferredLanguage(acceptLanguage, Object.keys(catalogues), site);
}

/** Returns the admin's strings in a language, English where there are none. */
export function adminStringsFor(language: string): AdminStrings {
	return catalogues[language] ?? adminEn;
}

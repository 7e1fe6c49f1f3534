import { en, type MailStrings } from "./en.ts";
import { ja } from "./ja.ts";

export type { MailStrings } from "./en.ts";

/** Mail strings by language. A new language is a file beside this one and an entry here. */
const catalogues: Record<string, MailStrings> = { en, ja };

/** Returns the mail strings for a BCP 47 tag: its own, its language's (`ja-JP` gets `ja`), or English. */
export function mailStringsFor(lang: string): MailStrings {
	return catalogues[lang] ?? catalogues[lang.split("-")[0] ?? ""] ?? en;
}

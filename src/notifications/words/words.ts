import { en, type Words } from "./en.ts";
import { ja } from "./ja.ts";

export type { Words } from "./en.ts";

/** Languages of mails. To add one: a file beside this one, and a line here. */
const catalogues: Record<string, Words> = { en, ja };

/** The words for a BCP 47 tag: its own, its language's (`ja-JP` reads `ja`), or English. */
export function wordsFor(lang: string): Words {
	return catalogues[lang] ?? catalogues[lang.split("-")[0] ?? ""] ?? en;
}

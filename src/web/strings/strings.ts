import { en } from "./en.ts";
import { ja } from "./ja.ts";
import type { Strings } from "./message.ts";

export { fill, plural, type Strings } from "./message.ts";

/** Interface languages. To add one: a file beside this one, and a line here. */
const catalogues: Record<string, Strings> = { en, ja };

/** The languages there is a catalogue for. */
export const interfaceLanguages: readonly string[] = Object.keys(catalogues);

/** The catalogue for a BCP 47 tag: its own, its language's (`ja-JP` reads `ja`), or English. */
export function stringsFor(lang: string): Strings {
	return catalogues[lang] ?? catalogues[lang.split("-")[0] ?? ""] ?? en;
}

import { en } from "./en.ts";
import { ja } from "./ja.ts";
import type { Strings } from "./message.ts";

export { fill, formatCount, plural, type Strings } from "./message.ts";

/** String catalogues by language. A new language is a file beside this one and an entry here. */
const catalogues: Record<string, Strings> = { en, ja };

/** Languages that have a catalogue. */
export const interfaceLanguages: readonly string[] = Object.keys(catalogues);

/** Returns the catalogue for a BCP 47 tag: its own, its language's (`ja-JP` gets `ja`), or English. */
export function stringsFor(lang: string): Strings {
	return catalogues[lang] ?? catalogues[lang.split("-")[0] ?? ""] ?? en;
}

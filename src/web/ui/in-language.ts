import { directionOf } from "../../text/direction.ts";

/**
 * Returns the attributes of an element whose text is in a language (BCP 47); none without a language. The direction is left
 * out where it is from left to right, like that of the language around it.
 */
export function inLanguage(lang: string | undefined, around = "en"): { lang?: string; dir?: "ltr" | "rtl" } {
	if (lang === undefined) return {};
	const dir = directionOf(lang);
	return dir === "ltr" && directionOf(around) === "ltr" ? { lang } : { lang, dir };
}

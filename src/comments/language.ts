import { scriptOfLanguage, scriptShares, tagOfScript } from "../text/scripts.ts";

/** The share of its letters at which a text is in a script's language though words of another are mixed in. */
const sure = { Japanese: 0.5, Hangul: 0.5, other: 0.7 };

/**
 * Detects the language of a text (BCP 47) from the share of its letters in each script: Japanese and Korean have their own,
 * any other gives a tag such as "und-Latn", typeset like English. "und" when no script prevails; null for a text in kanji
 * alone, which may be of the page's language, and for one without letters.
 */
export function detectLanguage(text: string): string | null {
	const [main] = scriptShares(text);
	if (main === undefined) return null;
	const { script, share } = main;
	if (script === "Han") return share >= sure.other ? null : "und";
	if (script === "Japanese") return share >= sure.Japanese ? "ja" : "und";
	if (script === "Hangul") return share >= sure.Hangul ? "ko" : "und";
	return share >= sure.other ? tagOfScript(script) : "und";
}

/** Whether a language (BCP 47) is Chinese, Japanese or Korean, whose letters are wide. */
export function isCjk(lang: string): boolean {
	return /^(zh|ja|ko)\b/.test(lang);
}

/** Whether a comment needs no `lang` of its own on a page: it has the page's language, or only its script is known and is the page's. */
export function isOfPage(lang: string | null, pageLang: string): boolean {
	if (lang === null || lang === pageLang) return true;
	if (lang === "und") return !isCjk(pageLang);
	const script = scriptOfLanguage(pageLang);
	return lang.startsWith("und-") && script !== null && lang === tagOfScript(script);
}

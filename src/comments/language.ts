/**
 * Tells the language of a comment from its scripts alone (BCP 47): Japanese and Korean have their own; text in Latin
 * letters only is of some language that is set like English; null where the script does not say.
 */
export function languageOf(text: string): string | null {
	if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return "ja";
	if (/\p{Script=Hangul}/u.test(text)) return "ko";
	const letters = text.match(/\p{Letter}/gu) ?? [];
	return letters.length > 0 && letters.every((letter) => /\p{Script=Latin}/u.test(letter))
		? "und-Latn"
		: null;
}

/** Whether a language (BCP 47) is written in wide letters: Chinese, Japanese or Korean. */
export function isWide(lang: string): boolean {
	return /^(zh|ja|ko)\b/.test(lang);
}

/**
 * Detects the language of a text (BCP 47) from its scripts: Japanese and Korean have their own. Text in Latin letters only
 * is "und-Latn", typeset like English; null when the script is ambiguous.
 */
export function detectLanguage(text: string): string | null {
	if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return "ja";
	if (/\p{Script=Hangul}/u.test(text)) return "ko";
	const letters = text.match(/\p{Letter}/gu) ?? [];
	return letters.length > 0 && letters.every((letter) => /\p{Script=Latin}/u.test(letter))
		? "und-Latn"
		: null;
}

/** Whether a language (BCP 47) is Chinese, Japanese or Korean, whose letters are wide. */
export function isCjk(lang: string): boolean {
	return /^(zh|ja|ko)\b/.test(lang);
}

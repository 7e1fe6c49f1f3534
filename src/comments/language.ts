/** Tells Japanese and Korean text by their own scripts (BCP 47 tag); null where the script alone does not say. */
export function languageOf(text: string): string | null {
	if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return "ja";
	if (/\p{Script=Hangul}/u.test(text)) return "ko";
	return null;
}

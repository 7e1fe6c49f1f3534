const names = new Map<string, string>();

/** What a language (a BCP 47 tag) is called in the language itself: `English`, `日本語`. */
export function languageName(lang: string): string {
	const known = names.get(lang);
	if (known !== undefined) return known;
	const name = new Intl.DisplayNames(lang, { type: "language" }).of(lang) ?? lang;
	names.set(lang, name);
	return name;
}

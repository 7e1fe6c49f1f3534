const names = new Map<string, string>();

/** Returns the name of a language (a BCP 47 tag) in that language: `English`, `日本語`. */
export function languageName(lang: string): string {
	const cached = names.get(lang);
	if (cached !== undefined) return cached;
	const name = new Intl.DisplayNames(lang, { type: "language" }).of(lang) ?? lang;
	names.set(lang, name);
	return name;
}

/** Outer and inner quotation marks by language (CLDR): opening, closing, opening, closing. */
const byLanguage: Readonly<Record<string, readonly [string, string, string, string]>> = {
	cs: ["„", "“", "‚", "‘"],
	da: ["“", "”", "‘", "’"],
	de: ["„", "“", "‚", "‘"],
	es: ["«", "»", "“", "”"],
	fi: ["”", "”", "’", "’"],
	fr: ["«\u00A0", "\u00A0»", "‹\u00A0", "\u00A0›"],
	hu: ["„", "”", "»", "«"],
	it: ["«", "»", "“", "”"],
	nb: ["«", "»", "‘", "’"],
	pl: ["„", "”", "«", "»"],
	"pt-PT": ["«", "»", "“", "”"],
	ru: ["«", "»", "„", "“"],
	sv: ["”", "”", "’", "’"],
	uk: ["«", "»", "„", "“"],
};

/** Returns the quotation marks of a language; those of English unless it is known to have others. */
export function quotationMarks(language: string): readonly [string, string, string, string] {
	const [primary = ""] = language.split("-");
	return byLanguage[language] ?? byLanguage[primary] ?? ["“", "”", "‘", "’"];
}

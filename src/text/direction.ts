/** Scripts written from right to left. */
const rightToLeft: ReadonlySet<string | undefined> = new Set(
	"Adlm Arab Armi Avst Chrs Cprt Elym Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero Narb Nbat Nkoo Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sogd Sogo Syrc Thaa Yezi".split(
		" ",
	),
);

/** Matches a letter that is written from right to left. */
const rtlLetter = /[[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFE\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]&&\p{L}]/v;

const known = new Map<string, "ltr" | "rtl">();

/** Returns the direction in which a language (BCP 47) is written, by its script: `ar-Latn` is written from left to right. */
export function directionOf(tag: string): "ltr" | "rtl" {
	const found = known.get(tag);
	if (found !== undefined) return found;
	const direction = rightToLeft.has(new Intl.Locale(tag).maximize().script) ? "rtl" : "ltr";
	known.set(tag, direction);
	return direction;
}

/** Whether the first letter of a text is written from right to left, as `dir="auto"` decides. */
export function startsRightToLeft(text: string): boolean {
	return rtlLetter.test(/\p{L}/u.exec(text)?.[0] ?? "");
}

/**
 * Isolates a name or title from the direction of the sentence around it (UAX #9: FSI, PDI). One without letters from right
 * to left stays as it is.
 */
export function isolate(name: string): string {
	return rtlLetter.test(name) ? `\u2068${name}\u2069` : name;
}

/**
 * Adds `dir="auto"` to each block of a rendered comment. A list or quotation takes the direction of its first letter: `auto`
 * would not look into blocks that have a direction of their own.
 */
export function addDirections(html: string): string {
	const hasRtl = rtlLetter.test(html);
	return html.replace(/<(p|li|pre|ul|ol|blockquote)(?=[ >])/g, (tag, name: string, at: number) => {
		const isContainer = hasRtl && (name === "ul" || name === "ol" || name === "blockquote");
		const isRtl =
			isContainer && startsRightToLeft(html.slice(at, at + 2000).replace(/<[^>]*>|&[^;\s]*;/g, ""));
		return `${tag} dir="${isRtl ? "rtl" : "auto"}"`;
	});
}

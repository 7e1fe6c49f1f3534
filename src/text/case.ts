/** Letters that fold to a letter of which they are not the capital: final sigma, long s, symbols that are letters. */
const others = "ς\u017F\u212A\u212B\u2126µ\u0345\u1FBEϐϑϴϕϖϰϱϵẛẞᲀᲁᲂᲃᲄᲅᲆᲇᲈǅǈǋǲİ";

/**
 * Folds the case of a text by Unicode, letter by letter, so that equal texts have the same length in every case (simple
 * case folding; the Turkish İ also becomes i).
 */
export function toCaseless(text: string): string {
	return Array.from(text, foldLetter).join("");
}

/** Lists the letters other than ASCII that {@link toCaseless} replaces by a letter, such as М for м. */
export function casedForms(letter: string): readonly string[] {
	const capital = letter.toUpperCase();
	// Greek letters with an iota below have a title case, eight or nine places on.
	const code = letter.codePointAt(0) ?? 0;
	const titles = [8, 9].map((places) => String.fromCodePoint(code + places));
	const forms = [capital, ...titles, ...others].filter(
		(form) => form !== letter && foldLetter(form) === letter,
	);
	return [...new Set(forms)].filter((form) => form > "\x7f");
}

function foldLetter(letter: string): string {
	if (letter === "İ") return "i";
	const [lower, ...more] = Array.from(letter.toLowerCase());
	if (lower === undefined || more.length > 0) return letter;
	const capital = Array.from(lower.toUpperCase());
	// The dotless ı has the capital I, but is no i.
	return capital.length === 1 && lower !== "ı" ? (capital[0] ?? lower).toLowerCase() : lower;
}

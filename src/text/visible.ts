/**
 * Characters without a glyph of their own: default-ignorable ones (joiners, variation selectors, fillers), format
 * characters except the Arabic number signs, blank letters and symbols, and the two replacement characters, which stand for
 * something lost.
 */
const ignorable = String.raw`[\p{Default_Ignorable_Code_Point}[\p{Cf}--[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}]]\u2800\uFFFC\uFFFD\u{1107F}\u{13441}\u{13442}\u{16FE4}\u{1D159}]`;

const everyIgnorable = new RegExp(ignorable, "gv");

/** Matches emoji flags made of tags, to keep them, and characters without a glyph that shape none beside them. */
const everyUnneeded = new RegExp(
	String.raw`(\p{RGI_Emoji_Tag_Sequence})|[${ignorable}--[\u200C\u200D\p{Variation_Selector}]]`,
	"gv",
);

/** Matches a character a reader can see: neither space, control, private use nor a combining mark without its letter. */
const visible = new RegExp(
	String.raw`[^${ignorable}\p{White_Space}\p{Cc}\p{Cs}\p{Co}\p{M}\p{Noncharacter_Code_Point}]`,
	"v",
);

/** Whether a text has anything to see. An emoji with joiners has; spaces, fillers and stray joiners have not. */
export function isVisible(text: string): boolean {
	return visible.test(text);
}

/** Removes the characters without a glyph, but not spaces: for what is compared or becomes an address, not for what is shown. */
export function stripIgnorable(text: string): string {
	return text.replace(everyIgnorable, "");
}

/** Removes the characters without a glyph that change none beside them. Joiners, variation selectors and flags stay. */
export function stripInvisible(text: string): string {
	return text.replace(everyUnneeded, "$1");
}

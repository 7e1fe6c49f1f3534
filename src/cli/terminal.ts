/**
 * Makes a stranger's text safe to print: control characters, which could move the cursor or recolour the screen, and
 * those that turn the direction of writing, which could make it read as what it is not, are shown by their code point.
 */
export function printable(text: string): string {
	return text.replace(hidden, (character) => {
		const code = character.codePointAt(0) ?? 0;
		return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
	});
}

/** The same for a text of several lines, each set in under `margin`. */
export function printableLines(text: string, margin: string): string {
	return text
		.split(/\r\n|\n|\r/)
		.map((line) => margin + printable(line.replaceAll("\t", "    ")))
		.join("\n");
}

/** Controls, line and paragraph separators, and the bidirectional marks, embeddings, overrides and isolates of UAX #9. */
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u{feff}]/gu;

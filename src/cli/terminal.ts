/**
 * Escapes text for the terminal: control characters, which could move the cursor or change colours, and bidirectional
 * controls, which could disguise text, are shown as their code points.
 */
export function printable(text: string): string {
	return text.replace(controls, (character) => {
		const code = character.codePointAt(0) ?? 0;
		return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
	});
}

/** Escapes a text of several lines and indents each with `margin`. */
export function printableLines(text: string, margin: string): string {
	return text
		.split(/\r\n|\n|\r/)
		.map((line) => margin + printable(line.replaceAll("\t", "    ")))
		.join("\n");
}

/** Matches controls, line and paragraph separators, and the bidirectional marks, embeddings, overrides and isolates of UAX #9. */
const controls = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u{feff}]/gu;

/** Matches characters that take two columns of a terminal. */
const wide =
	/[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/gu;

/**
 * Breaks a text into lines of at most `width` columns at its spaces. The first line begins with `first`, the others with
 * `margin`; longer words stay whole.
 */
export function wrap(text: string, width: number, first = "", margin = first): string {
	const lines: string[] = [];
	let line: string | null = null;
	for (const word of text.split(" ")) {
		if (line === null) line = first + word;
		else if (columnsOf(`${line} ${word}`) <= width) line += ` ${word}`;
		else {
			lines.push(line);
			line = margin + word;
		}
	}
	return [...lines, line ?? ""].join("\n");
}

function columnsOf(text: string): number {
	return [...text].length + (text.match(wide)?.length ?? 0);
}

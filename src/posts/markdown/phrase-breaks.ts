/**
 * Puts a place to break between the phrases of a line of HTML, whose lengths the build found; the text stays as it is,
 * and so do elements. A line that does not say what the build read is left alone.
 */
export function breakPhrases(html: string, text: string, lengths: readonly number[]): string {
	const pieces = html.split(/(<rp>.*?<\/rp>|<rt>.*?<\/rt>|<sup>.*?<\/sup>|<[^>]*>)/);
	const signs = pieces.map((piece, index) => (index % 2 === 1 ? [piece] : signsOf(piece)));
	const shown = signs.filter((_, index) => index % 2 === 0).flat();
	if (shown.length !== signsOf(text).length) return html;
	const ends = new Set<number>();
	let end = 0;
	for (const length of lengths) {
		end += length;
		ends.add(end);
	}
	let at = 0;
	return signs
		.flatMap((piece, index) =>
			index % 2 === 1
				? piece
				: piece.map((sign) => {
						at += 1;
						return ends.has(at) && at < shown.length ? `${sign}<wbr>` : sign;
					}),
		)
		.join("");
}

/** Characters, an HTML reference being one. */
function signsOf(text: string): string[] {
	return text.match(/&[^;\s]+;|[\s\S]/gu) ?? [];
}

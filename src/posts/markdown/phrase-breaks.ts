/**
 * Inserts `<wbr>` between the phrases of a line of HTML, given their lengths from the build. Text and elements remain
 * unchanged; a line that does not match the text the build measured is returned as is.
 */
export function insertPhraseBreaks(html: string, text: string, lengths: readonly number[]): string {
	const pieces = html.split(/(<rp>.*?<\/rp>|<rt>.*?<\/rt>|<sup>.*?<\/sup>|<[^>]*>)/);
	const characters = pieces.map((piece, index) => (index % 2 === 1 ? [piece] : charactersOf(piece)));
	const visible = characters.filter((_, index) => index % 2 === 0).flat();
	if (visible.length !== charactersOf(text).length) return html;
	const ends = new Set<number>();
	let end = 0;
	for (const length of lengths) {
		end += length;
		ends.add(end);
	}
	let at = 0;
	return characters
		.flatMap((piece, index) =>
			index % 2 === 1
				? piece
				: piece.map((character) => {
						at += 1;
						return ends.has(at) && at < visible.length ? `${character}<wbr>` : character;
					}),
		)
		.join("");
}

/** Splits text into characters; an HTML character reference counts as one. */
function charactersOf(text: string): string[] {
	return text.match(/&[^;\s]+;|[\s\S]/gu) ?? [];
}

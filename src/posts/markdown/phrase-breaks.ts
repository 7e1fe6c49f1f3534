/** Puts a place to break between the phrases of a line of HTML; the text stays as it is, and so do elements. */
export function breakPhrases(html: string, phrasesOf: (text: string) => string[]): string {
	const pieces = html.split(/(<rp>.*?<\/rp>|<rt>.*?<\/rt>|<[^>]*>|&[^;\s]+;)/);
	const text = pieces.filter((_, index) => index % 2 === 0).join("");
	const ends = new Set<number>();
	let end = 0;
	for (const phrase of phrasesOf(text)) {
		end += phrase.length;
		ends.add(end);
	}
	let at = 0;
	return pieces
		.map((piece, index) => {
			if (index % 2 === 1) return piece;
			let broken = "";
			for (const character of piece) {
				broken += character;
				at += character.length;
				if (ends.has(at) && at < text.length) broken += "<wbr>";
			}
			return broken;
		})
		.join("");
}

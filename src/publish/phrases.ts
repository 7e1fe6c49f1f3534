import { jaModel, Parser } from "budoux";

let japanese: Parser | undefined;

/** The phrases of a line of text, at whose ends it may be broken; joined they are the text. `lang` is BCP 47. */
export function phrasesOf(text: string, lang: string): string[] {
	if (isJapanese(lang)) {
		japanese ??= new Parser(jaModel);
		return japanese.parse(text);
	}
	if (!/^(?:zh|yue)\b/i.test(lang)) return text.match(/\S+\s*|\s+/g) ?? [];
	const segments = new Intl.Segmenter(lang, { granularity: "word" }).segment(text);
	const phrases: string[] = [];
	for (const { segment } of segments) {
		// Punctuation that closes belongs to the word before it.
		const closes = /^[\p{Pe}\p{Pf}\p{Po}\s]+$/u.test(segment) && phrases.length > 0;
		phrases.push(closes ? (phrases.pop() ?? "") + segment : segment);
	}
	return phrases;
}

/** Where a title may be broken: its phrases in Japanese, nothing in languages where spaces or any character tell. */
export function titlePhrases(title: string, lang: string): string[] {
	const phrases = isJapanese(lang) ? phrasesOf(title, lang) : [];
	return phrases.length > 1 ? phrases : [];
}

/** The same of the headings of a body, as the number of characters of each phrase. */
export function headingPhrases(headings: readonly string[], lang: string): number[][] {
	if (!isJapanese(lang)) return [];
	return headings.map((heading) => phrasesOf(heading, lang).map((phrase) => Array.from(phrase).length));
}

function isJapanese(lang: string): boolean {
	return /^ja\b/i.test(lang);
}

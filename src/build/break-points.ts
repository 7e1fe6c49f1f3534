import { jaModel, Parser } from "budoux";

let japanese: Parser | undefined;

/** Splits a line of text into phrases between which it may break. `lang` is BCP 47. */
export function splitPhrases(text: string, lang: string): string[] {
	if (isJapanese(lang)) {
		japanese ??= new Parser(jaModel);
		return japanese.parse(text);
	}
	if (!/^(?:zh|yue)\b/i.test(lang)) return text.match(/\S+\s*|\s+/g) ?? [];
	const segments = new Intl.Segmenter(lang, { granularity: "word" }).segment(text);
	const phrases: string[] = [];
	for (const { segment } of segments) {
		// Closing punctuation belongs to the preceding word.
		const closes = /^[\p{Pe}\p{Pf}\p{Po}\s]+$/u.test(segment) && phrases.length > 0;
		phrases.push(closes ? (phrases.pop() ?? "") + segment : segment);
	}
	return phrases;
}

/** Splits a Japanese title into phrases; empty for languages that break at spaces or at any character. */
export function splitTitle(title: string, lang: string): string[] {
	const phrases = isJapanese(lang) ? splitPhrases(title, lang) : [];
	return phrases.length > 1 ? phrases : [];
}

/** Returns the number of characters of each phrase of each Japanese heading of a body. */
export function headingPhraseLengths(headings: readonly string[], lang: string): number[][] {
	if (!isJapanese(lang)) return [];
	return headings.map((heading) => splitPhrases(heading, lang).map((phrase) => Array.from(phrase).length));
}

function isJapanese(lang: string): boolean {
	return /^ja\b/i.test(lang);
}

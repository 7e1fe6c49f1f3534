import { jaModel, Parser } from "budoux";

// Twenty-eight kilobytes of model: the Worker reaches it only through import().

let japanese: Parser | undefined;

/** The phrases of a line of text, at whose ends it may be broken; joined they are the text. `lang` is BCP 47. */
export function phrasesOf(text: string, lang: string): string[] {
	if (/^ja\b/i.test(lang)) {
		japanese ??= new Parser(jaModel);
		return japanese.parse(text);
	}
	if (!/^(?:zh|yue)\b/i.test(lang)) return text.match(/\S+\s*|\s+/g) ?? [];
	const segments = new Intl.Segmenter(lang, { granularity: "word" }).segment(text);
	const phrases: string[] = [];
	for (const { segment } of segments) {
		// Punctuation that closes belongs to the word before it.
		if (/^[\p{Pe}\p{Pf}\p{Po}\s]+$/u.test(segment) && phrases.length > 0)
			phrases.push((phrases.pop() ?? "") + segment);
		else phrases.push(segment);
	}
	return phrases;
}

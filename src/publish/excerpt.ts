import type { Token } from "marked";
import { joinTextLines } from "../posts/markdown/line-ends.ts";
import { plainText } from "../posts/markdown/plain-text.ts";
import { phrasesOf } from "./phrases.ts";

/** The first paragraphs of a body as one line of plain text, as far as an excerpt could need them. */
export function openingOf(tokens: readonly Token[]): string {
	return tidy(openingText(tokens));
}

/** Whether a block is the mark up to which lists show a post. */
export function isMore(token: Token): boolean {
	return token.type === "html" && /^<!--\s*more\s*-->/i.test(token.raw);
}

/** An opening cut to about 160 characters (80 of Chinese, Japanese or Korean), between phrases. */
export function excerptOf(opening: string, lang: string): string {
	let count = 0;
	const limit = mostlyWide(opening.slice(0, longest)) ? 80 : longest;
	for (const { index } of graphemes.segment(opening)) {
		if (count === limit - 1) {
			const rest = opening.slice(index);
			if ([...graphemes.segment(rest.slice(0, 64))].length <= 1) return opening;
			return `${wholePhrases(opening, index, lang)}…`;
		}
		count++;
	}
	return opening;
}

function openingText(tokens: readonly Token[]): string {
	const paragraphs: string[] = [];
	let length = 0;
	for (const token of tokens) {
		if (token.type === "paragraph") {
			const text = plainText(token.tokens ?? []);
			if (text.trim() !== "") paragraphs.push(text);
			length += text.length;
		}
		const sectionEnds = token.type === "heading" || token.type === "hr" || isMore(token);
		if (length > longest || (sectionEnds && paragraphs.length > 0)) break;
	}
	if (paragraphs.length > 0) return paragraphs.join("\n");
	// A body that opens with a list or a quotation and has no paragraph at all.
	for (const token of tokens) {
		const text = token.type === "list" || token.type === "blockquote" ? plainText([token]) : "";
		if (text.trim() !== "") return text;
	}
	return "";
}

/** Makes one line of it; a line end between wide characters or after a wide full stop is not a space. */
function tidy(text: string): string {
	return joinTextLines(text.replace(/[ \t]*\n\s*/g, "\n").trim()).replace(/[\p{Cc} ]+/gu, " ");
}

function mostlyWide(text: string): boolean {
	const wide = text.match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/gu)?.length ?? 0;
	return wide * 3 > text.length;
}

/** As many whole phrases as end before the limit; half a phrase where the first is that long. */
function wholePhrases(text: string, limit: number, lang: string): string {
	let end = 0;
	for (const phrase of phrasesOf(text.slice(0, limit + 40), lang)) {
		if (end + phrase.trimEnd().length > limit) break;
		end += phrase.length;
	}
	const kept = text.slice(0, end * 2 > limit ? end : limit);
	return kept.replace(/[\s\p{Ps}、。，．,.;:!?！？—–-]+$/u, "");
}

/** Characters; graphemes are counted. */
const longest = 160;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

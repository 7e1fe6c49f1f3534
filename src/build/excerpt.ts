import type { Token } from "marked";
import { isMoreTag } from "../posts/markdown/balance-html.ts";
import { joinTextLines } from "../posts/markdown/line-ends.ts";
import { plainText } from "../posts/markdown/plain-text.ts";
import { splitPhrases } from "./break-points.ts";

/** Returns the first paragraphs of a body as one line of plain text, enough for an excerpt. */
export function extractOpening(tokens: readonly Token[]): string {
	return toSingleLine(openingText(tokens));
}

/** Truncates an opening to about 160 characters (80 of Chinese, Japanese or Korean) at a phrase boundary. */
export function makeExcerpt(opening: string, lang: string): string {
	let count = 0;
	const limit = isMostlyWide(opening.slice(0, maxLength)) ? 80 : maxLength;
	const simple = simpleCharacters.test(opening.slice(0, limit + 64));
	if (simple && opening.length <= limit) return opening;
	if (simple) return `${wholePhrases(opening, limit - 1, lang)}…`;
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
		const sectionEnds = token.type === "heading" || token.type === "hr" || isMoreTag(token);
		if (length > maxLength || (sectionEnds && paragraphs.length > 0)) break;
	}
	if (paragraphs.length > 0) return paragraphs.join("\n");
	// A body without paragraphs: use its first list or quotation.
	for (const token of tokens) {
		const text = token.type === "list" || token.type === "blockquote" ? plainText([token]) : "";
		if (text.trim() !== "") return text;
	}
	return "";
}

/** Joins lines; a line end between wide characters or after a wide full stop is not a space. */
function toSingleLine(text: string): string {
	return joinTextLines(text.replace(/[ \t]*\n\s*/g, "\n").trim()).replace(/[\p{Cc} ]+/gu, " ");
}

function isMostlyWide(text: string): boolean {
	const wide = text.match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/gu)?.length ?? 0;
	return wide * 3 > text.length;
}

/** Returns the whole phrases before the limit, or part of the first phrase if it is longer. */
function wholePhrases(text: string, limit: number, lang: string): string {
	let end = 0;
	for (const phrase of splitPhrases(text.slice(0, limit + 40), lang)) {
		if (end + phrase.trimEnd().length > limit) break;
		end += phrase.length;
	}
	const kept = text.slice(0, end * 2 > limit ? end : limit);
	return kept.replace(/[\s\p{Ps}、。，．,.;:!?！？—–-]+$/u, "");
}

/** Matches a text of characters that are a grapheme each: ASCII, Latin, kana, kanji, hangul and their punctuation. */
const simpleCharacters =
	/^[ -~\xA0-ɏ‐-‧\u3000-\u3029\u3030-\u3096\u309B-\u30FF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF9D]*$/;

/** Characters; graphemes are counted. */
const maxLength = 160;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

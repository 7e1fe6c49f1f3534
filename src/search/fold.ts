import { stripIgnorable } from "../text/visible.ts";

/**
 * Folds the spellings of a text that a search treats as equal: Unicode form and width (NFKC), case, accents, ligatures, and
 * katakana to hiragana. The build and the Worker fold with this one function.
 */
export function fold(text: string): string {
	let folded = text.normalize("NFKC").toLowerCase();
	if (/^\p{ASCII}*$/u.test(folded)) return folded;
	folded = stripIgnorable(folded);
	if (accented.test(folded)) {
		folded = folded
			.normalize("NFD")
			.replace(marks, "")
			.normalize("NFC")
			.replace(special, (letter) => specialLetters[letter] ?? letter);
	}
	return folded.replace(katakana, toHiragana);
}

/** A folded text with the place of each of its characters in the original. */
export type FoldedText = {
	folded: string;
	/** Returns the offset in the original of an offset in the folded text. */
	toOriginal: (offset: number) => number;
};

/** UTF-16 units that are folded at once to find places. */
const pieceLength = 64;

/** Matches a text of characters that are each folded to one: ASCII, kana, kanji, hangul, most letters with accents. */
const simple =
	/^[[\t\n\r -~\u2010-\u201F\u3000-\u301B\u3041-\u3096\u30A1-\u30FE\u3400-\u9FFF\uAC00-\uD7A3\uFF01-\uFF5E\u00C0-\u017E\u0391-\u03C9\u0400-\u045F]--[\u2011\u2017\u00D7\u00DE\u00DF\u00E6\u00C6\u00FE\u0130\u0132\u0133\u013F\u0140\u0149\u0152\u0153]]*$/v;

/** Folds a text and keeps the places. Only pieces in which some may move are folded character by character. */
export function foldWithPlaces(text: string): FoldedText {
	if (simple.test(text)) return { folded: fold(text), toOriginal: (offset) => offset };
	let folded = "";
	const places: number[] = [];
	const add = (piece: string, start: number, step: 0 | 1) => {
		const part = fold(piece);
		for (let at = 0; at < part.length; at++) places.push(start + at * step);
		folded += part;
	};
	for (let start = 0; start < text.length; ) {
		const end = characterEnd(text, Math.min(start + pieceLength, text.length));
		const piece = text.slice(start, end);
		if (simple.test(piece)) add(piece, start, 1);
		else {
			for (let at = start; at < end; ) {
				const next = characterEnd(text, at + 1);
				add(text.slice(at, next), at, 0);
				at = next;
			}
		}
		start = end;
	}
	return { folded, toOriginal: (offset) => places[offset] ?? text.length };
}

/** Returns the first end of a character at or after an offset: not within a surrogate pair, nor before a mark. */
function characterEnd(text: string, offset: number): number {
	let end = offset;
	while (end < text.length && continues.test(text.charAt(end))) end++;
	return end;
}

const continues = /[\uDC00-\uDFFF\p{M}\uFF9E\uFF9F]/u;

/** Letters of scripts with accents, and the combining accents themselves. */
const accented = /[\u00B5-\u052F\u1E00-\u1FFF]/;
const marks = /[\u0300-\u036F]+/g;

/** Letters that Unicode does not decompose. */
const specialLetters: Readonly<Record<string, string>> = {
	ß: "ss",
	æ: "ae",
	œ: "oe",
	ø: "o",
	đ: "d",
	ð: "d",
	þ: "th",
	ł: "l",
	ħ: "h",
	ı: "i",
	ς: "σ",
};
const special = new RegExp(`[${Object.keys(specialLetters).join("")}]`, "g");

const katakana = /[\u30A1-\u30F6\u30FD\u30FE]/g;

function toHiragana(letter: string): string {
	return String.fromCharCode(letter.charCodeAt(0) - 0x60);
}

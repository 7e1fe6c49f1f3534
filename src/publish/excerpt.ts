import type { Token } from "marked";

/** The first paragraphs of a body as plain text, cut to about 160 characters (80 of Chinese, Japanese or Korean). */
export function excerptOf(tokens: readonly Token[]): string {
	return shorten(tidy(openingText(tokens)));
}

function openingText(tokens: readonly Token[]): string {
	const paragraphs: string[] = [];
	let length = 0;
	for (const token of tokens) {
		if (token.type === "paragraph") {
			const text = plain(token.tokens ?? []);
			if (text.trim() !== "") paragraphs.push(text);
			length += text.length;
		}
		const sectionEnds = token.type === "heading" || token.type === "hr" || /^<!--\s*more/.test(token.raw);
		if (length > longest || (sectionEnds && paragraphs.length > 0)) break;
	}
	if (paragraphs.length > 0) return paragraphs.join("\n");
	// A body that opens with a list or a quotation and has no paragraph at all.
	for (const token of tokens) {
		const text = token.type === "list" || token.type === "blockquote" ? plain([token]) : "";
		if (text.trim() !== "") return text;
	}
	return "";
}

/** The text of tokens without any sign of Markdown or HTML; images and the readings of ruby say nothing. */
function plain(tokens: readonly Token[]): string {
	let text = "";
	let ruby = false;
	for (const token of tokens) {
		if (token.type === "html") {
			if (/^<r[tp]\b/i.test(token.raw)) ruby = true;
			else if (/^<\/r[tp]\b/i.test(token.raw)) ruby = false;
			else if (/^<br\b/i.test(token.raw)) text += "\n";
		} else if (ruby || token.type === "image" || token.type === "checkbox") {
			// Said by the text around it.
		} else if (token.type === "br" || token.type === "space") {
			text += "\n";
		} else if (token.type === "list") {
			for (const item of token.items) text += `${plain(item.tokens)}\n`;
		} else if ("tokens" in token && token.tokens) {
			// A note's mark, `[^1]`, is a link to Markdown that knows no notes.
			if (!token.raw.startsWith("[^")) text += plain(token.tokens) + (token.type === "paragraph" ? "\n" : "");
		} else if (token.type === "text") {
			text += decodeEntities(token.text.replace(/\*\*|\[\^[^\]]*\]/g, ""));
		} else if ("text" in token && typeof token.text === "string") {
			text += token.text;
		}
	}
	return text;
}

/** Makes one line of it; a line end between wide characters or after a wide full stop is not a space. */
function tidy(text: string): string {
	return text
		.replace(/[ \t]*\n\s*/g, "\n")
		.trim()
		.replace(betweenWide, "")
		.replace(/[\p{Cc} ]+/gu, " ");
}

function shorten(text: string): string {
	const opening = text.slice(0, longest);
	const wide = opening.match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/gu)?.length ?? 0;
	const limit = wide * 3 > opening.length ? 80 : longest;
	let count = 0;
	for (const { index } of graphemes.segment(text)) {
		if (count === limit - 1) {
			const rest = text.slice(index);
			if ([...graphemes.segment(rest.slice(0, 64))].length <= 1) return text;
			return `${wholeWords(text.slice(0, index), rest)}…`;
		}
		count++;
	}
	return text;
}

/** Goes back to the end of a word, where words have spaces between them. */
function wholeWords(kept: string, rest: string): string {
	const inWord = /[\p{L}\p{N}]$/u.test(kept) && /^[\p{L}\p{N}]/u.test(rest);
	const space = kept.lastIndexOf(" ");
	const words = inWord && space > kept.length - 24 ? kept.slice(0, space) : kept;
	return words.replace(/[\s\p{Ps}、。，．,.;:!?！？—–-]+$/u, "");
}

function decodeEntities(text: string): string {
	return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hexadecimal, name) => {
		if (name !== undefined) return entities[name] ?? whole;
		const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}

const betweenWide =
	/(?<=[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\uFF00-\uFFEF])\n(?=[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\uFF00-\uFFEF])|(?<=[、。」』！？])\n/gu;
/** Characters; graphemes are counted. */
const longest = 160;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const entities: Readonly<Record<string, string>> = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: '"',
	apos: "'",
	nbsp: "\u00A0",
	copy: "©",
	hellip: "…",
	mdash: "—",
	ndash: "–",
	lsquo: "‘",
	rsquo: "’",
	ldquo: "“",
	rdquo: "”",
};

import type { Token, Tokens } from "marked";

/** Returns the plain text of tokens without markup; images, footnotes and ruby readings are omitted. */
export function plainText(tokens: readonly Token[]): string {
	let text = "";
	let reading = false;
	for (const token of tokens) {
		if (token.type === "html") {
			if (/^<r[tp]\b/i.test(token.raw)) reading = true;
			else if (/^<\/r[tp]\b/i.test(token.raw)) reading = false;
			else if (/^<br\b/i.test(token.raw)) text += "\n";
		} else if (reading || omitted.has(token.type)) {
			// Omitted.
		} else if (token.type === "ruby") {
			text += token.base;
		} else if (token.type === "math" || token.type === "mathBlock") {
			text += token.tex;
		} else if (token.type === "br" || token.type === "space") {
			text += "\n";
		} else {
			text += nestedText(token);
		}
	}
	return text;
}

function nestedText(token: Token): string {
	const parts = partsOf(token as Tokens.Generic);
	if (parts !== null) return parts.map(({ tokens = [] }) => `${plainText(tokens)}\n`).join("");
	if ("tokens" in token && token.tokens) {
		return plainText(token.tokens) + (token.type === "paragraph" || token.type === "heading" ? "\n" : "");
	}
	if (!("text" in token) || typeof token.text !== "string") return "";
	return token.type === "text" ? decodeEntities(token.text) : token.text;
}

function partsOf(token: Tokens.Generic): { tokens?: Token[] }[] | null {
	if (token.type === "table") return [...token.header, ...token.rows.flat()];
	return token.items ?? token.sides ?? null;
}

/** Decodes numeric and the most common named HTML character references. */
export function decodeEntities(text: string): string {
	return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hexadecimal, name) => {
		if (name !== undefined) return entities[name] ?? whole;
		const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}

const omitted = new Set(["image", "checkbox", "def", "footnote", "footnoteRef", "footnotes"]);
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

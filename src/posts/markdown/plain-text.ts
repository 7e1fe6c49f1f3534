import type { Token, Tokens } from "marked";

/**
 * Returns the plain text of tokens without markup; footnotes, ruby readings and, unless they are asked for, the
 * descriptions of images are omitted.
 */
export function plainText(tokens: readonly Token[], { images = false } = {}): string {
	let text = "";
	let reading = false;
	for (const token of tokens) {
		if (token.type === "html") {
			if (/^<r[tp]\b/i.test(token.raw)) reading = true;
			else if (/^<\/r[tp]\b/i.test(token.raw)) reading = false;
			else if (/^<br\b/i.test(token.raw)) text += "\n";
		} else if (images && token.type === "image") {
			text += plainText(token.tokens ?? [], { images });
		} else if (reading || omitted.has(token.type)) {
			// Omitted.
		} else if (token.type === "ruby") {
			text += token.base;
		} else if (token.type === "math" || token.type === "mathBlock") {
			text += token.tex;
		} else if (token.type === "br" || token.type === "space") {
			text += "\n";
		} else {
			text += nestedText(token, images);
		}
	}
	return text;
}

function nestedText(token: Token, images: boolean): string {
	const parts = partsOf(token as Tokens.Generic);
	if (parts !== null) return parts.map(({ tokens = [] }) => `${plainText(tokens, { images })}\n`).join("");
	if ("tokens" in token && token.tokens) {
		return (
			plainText(token.tokens, { images }) +
			(token.type === "paragraph" || token.type === "heading" ? "\n" : "")
		);
	}
	if (!("text" in token) || typeof token.text !== "string") return "";
	return token.text;
}

function partsOf(token: Tokens.Generic): { tokens?: Token[] }[] | null {
	if (token.type === "table") return [...token.header, ...token.rows.flat()];
	return token.items ?? token.sides ?? null;
}

const omitted = new Set(["image", "checkbox", "def", "footnote", "footnoteReference"]);

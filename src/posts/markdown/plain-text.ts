import { decodeHTMLStrict } from "entities";
import type { Token, Tokens } from "marked";
import { toXmlText } from "../../text/xml.ts";

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
	return token.type === "text" ? toXmlText(decodeHTMLStrict(token.text)) : token.text;
}

function partsOf(token: Tokens.Generic): { tokens?: Token[] }[] | null {
	if (token.type === "table") return [...token.header, ...token.rows.flat()];
	return token.items ?? token.sides ?? null;
}

const omitted = new Set(["image", "checkbox", "def", "footnote", "footnoteRef", "footnotes"]);

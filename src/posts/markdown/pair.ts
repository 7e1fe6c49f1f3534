import type { Lexer, Token, TokenizerAndRendererExtension } from "marked";
import { directionOf } from "../../text/direction.ts";
import { escapeHtml } from "../html.ts";
import { parseBlocks, sourceOf } from "./lexer.ts";

type Side = { type: "pairSide"; raw: string; lang: string; tokens: Token[] };

/** A passage as written: its languages and its two texts. */
type Passage = { raw: string; sides: { lang: string; text: string }[] };

/**
 * A bilingual passage in two columns: `::: pair en ja`, the first text, a line of `---`, the second text, `:::`. The
 * languages are BCP 47 tags.
 */
export const pair: TokenizerAndRendererExtension = {
	name: "pair",
	level: "block",
	tokenizer(source) {
		const passage = readPair(this.lexer, source);
		if (passage === null) return undefined;
		const sides = passage.sides.map(
			({ lang, text }): Side => ({
				type: "pairSide",
				raw: text,
				lang,
				tokens: parseBlocks(this.lexer, text),
			}),
		);
		return { type: "pair", raw: passage.raw, sides };
	},
	renderer({ sides }) {
		const columns = (sides as Side[]).map(
			({ lang, tokens }) =>
				`<div lang="${escapeHtml(lang)}" dir="${directionOf(lang)}">\n${this.parser.parse(tokens)}</div>\n`,
		);
		return `<div class="pair">\n${columns.join("")}</div>\n`;
	},
};

/** Reads a passage at the beginning of `source`; null if there is none or it is incomplete. */
export function readPair(lexer: Lexer, source: string): Passage | null {
	const [opening, colons = "", first = "", second = ""] = openingLine.exec(source) ?? [];
	if (opening === undefined) return null;
	const text = sourceOf(lexer);
	const body = source.slice(opening.length);
	const middle = text.next(separator, body);
	if (middle < 0) return null;
	const below = body.slice(middle);
	const separatorLength = below.indexOf("\n") + 1;
	const closing = new RegExp(`^${colons}[ \\t]*$`, "gm");
	const end = text.next(closing, below.slice(separatorLength));
	if (separatorLength === 0 || end < 0) return null;
	const between = below.slice(separatorLength, separatorLength + end);
	const rest = below.slice(separatorLength + end);
	const raw = opening + body.slice(0, middle) + below.slice(0, separatorLength) + between;
	return {
		raw: raw + (/^[^\n]*\n*/.exec(rest)?.[0] ?? ""),
		sides: [
			{ lang: first, text: body.slice(0, middle) },
			{ lang: second, text: between },
		],
	};
}

const openingLine = /^(:{3,})[ \t]*pair[ \t]+([A-Za-z][\w-]*)[ \t]+([A-Za-z][\w-]*)[ \t]*\n/;
const separator = /^-{3,}[ \t]*$/gm;

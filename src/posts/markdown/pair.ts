import type { Token, TokenizerAndRendererExtension } from "marked";
import { escapeHtml } from "../html.ts";
import { lineStart } from "./line-start.ts";

type Side = { type: "pairSide"; raw: string; lang: string; tokens: Token[] };

/**
 * A passage in two languages, side by side: `::: pair en ja`, the one, a line of `---`, the other, `:::`. The languages
 * are BCP 47 tags.
 */
export const pair: TokenizerAndRendererExtension = {
	name: "pair",
	level: "block",
	childTokens: ["sides"],
	start: (source) => lineStart(source, /:{3,}[ \t]*pair\b/),
	tokenizer(source) {
		const [raw, , first = "", second = "", one = "", other = ""] = pattern.exec(source) ?? [];
		if (raw === undefined) return undefined;
		const side = (lang: string, text: string): Side => ({
			type: "pairSide",
			raw: text,
			lang,
			tokens: this.lexer.blockTokens(text, []),
		});
		return { type: "pair", raw, sides: [side(first, one), side(second, other)] };
	},
	renderer({ sides }) {
		const columns = (sides as Side[]).map(
			({ lang, tokens }) => `<div lang="${escapeHtml(lang)}">\n${this.parser.parse(tokens)}</div>\n`,
		);
		return `<div class="pair">\n${columns.join("")}</div>\n`;
	},
};

const pattern =
	/^(:{3,})[ \t]*pair[ \t]+([A-Za-z][\w-]*)[ \t]+([A-Za-z][\w-]*)[ \t]*\n([\s\S]*?)\n-{3,}[ \t]*\n([\s\S]*?)\n\1[ \t]*(?:\n+|$)/;

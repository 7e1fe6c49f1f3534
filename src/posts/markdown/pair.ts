import type { Token, TokenizerAndRendererExtension } from "marked";
import { escapeHtml } from "../html.ts";
import { findLineStart } from "./line-start.ts";

type Side = { type: "pairSide"; raw: string; lang: string; tokens: Token[] };

/**
 * A bilingual passage in two columns: `::: pair en ja`, the first text, a line of `---`, the second text, `:::`. The
 * languages are BCP 47 tags.
 */
export const pair: TokenizerAndRendererExtension = {
	name: "pair",
	level: "block",
	childTokens: ["sides"],
	start: (source) => findLineStart(source, /:{3,}[ \t]*pair\b/),
	tokenizer(source) {
		const [raw, , firstLang = "", secondLang = "", first = "", second = ""] = pattern.exec(source) ?? [];
		if (raw === undefined) return undefined;
		const side = (lang: string, text: string): Side => ({
			type: "pairSide",
			raw: text,
			lang,
			tokens: this.lexer.blockTokens(text, []),
		});
		return { type: "pair", raw, sides: [side(firstLang, first), side(secondLang, second)] };
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

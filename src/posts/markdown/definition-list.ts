import type { Lexer, Token, TokenizerAndRendererExtension, Tokens } from "marked";
import { parseBlocks, sourceOf } from "./lexer.ts";

type Item = Tokens.Generic & { type: "term" | "definition"; tokens: Token[] };

/**
 * Definition lists as in PHP Markdown Extra: terms on separate lines, each definition after a colon, its further lines
 * and paragraphs indented.
 */
export const definitionList: TokenizerAndRendererExtension = {
	name: "definitionList",
	level: "block",
	tokenizer(source) {
		const at = sourceOf(this.lexer).next(definitionStart, source);
		if (at <= 0 || !terms.test(source.slice(0, at))) return undefined;
		const raw = list.exec(source)?.[0];
		if (raw === undefined) return undefined;
		return { type: "definitionList", raw, items: itemsOf(raw, this.lexer) };
	},
	renderer({ items }) {
		const parts = (items as Item[]).map(({ type, tokens }) =>
			type === "term"
				? `<dt>${this.parser.parseInline(tokens)}</dt>\n`
				: `<dd>${this.parser.parse(tokens)}</dd>\n`,
		);
		return `<dl>\n${parts.join("")}</dl>\n`;
	},
};

function itemsOf(raw: string, lexer: Lexer): Item[] {
	const items: Item[] = [];
	for (const [group] of raw.matchAll(new RegExp(grouped, "gy"))) {
		const at = group.search(/^ {0,3}:[ \t]/m);
		for (const term of group.slice(0, at).split("\n")) {
			if (term.trim() === "") continue;
			items.push({ type: "term", raw: term, tokens: lexer.inline(term.trim()) });
		}
		for (const [definition] of group.slice(at).matchAll(new RegExp(defined, "gy"))) {
			items.push({ type: "definition", raw: definition, tokens: contentOf(definition, lexer) });
		}
	}
	return items;
}

/** Parses a definition: a single paragraph as inline text, anything longer as blocks. */
function contentOf(definition: string, lexer: Lexer): Token[] {
	const text = definition
		.replace(/^\n? {0,3}:[ \t]+/, "")
		.replace(/^(?: {1,4}|\t)/gm, "")
		.trimEnd();
	return parseBlocks(lexer, text, { tight: !/\n[ \t]*\n/.test(text) });
}

// Each line matches in one way only, so that rejecting a text never backtracks for long.
const line = String.raw`[ \t]*\S[^\n]*`;
const term = String.raw`(?! {0,3}(?:[:>#|<]|=+[ \t]*\n|[-*+][ \t]|\d+[.)][ \t]|${"`"}{3}|~{3})| {4}|\t)${line}\n`;
const further = String.raw`(?:\n(?! {0,3}:[ \t])${line})*`;
const definition = String.raw`\n? {0,3}:[ \t]+\S[^\n]*${further}(?:\n(?:[ \t]*\n)+(?: {2,}|\t)\S[^\n]*${further})*(?:\n|$)`;
const defined = new RegExp(definition);
const grouped = new RegExp(`(?:[ \\t]*\\n)*(?:${term})+(?:${definition})+`);
const list = new RegExp(`^(?:${grouped.source})+`);

/** Matches the beginning of a definition, and all that may precede the first one. */
const definitionStart = /^ {0,3}:[ \t]+\S/gm;
const terms = new RegExp(`^(?:[ \\t]*\\n)*(?:${term})+\\n?$`);

import { type Lexer, Tokenizer, type TokenizerExtension, type TokenizerObject } from "marked";
import { lookahead } from "./bare-urls.ts";
import { footnoteOpening } from "./footnotes.ts";
import { sourceOf } from "./lexer.ts";
import { readMathBlock } from "./math.ts";
import { readPair } from "./pair.ts";

/**
 * Ends a paragraph where a formula, a bilingual passage or a footnote begins on its next line. marked asks at each
 * paragraph for the rest of the text; `sourceOf` searches each part of it once.
 */
export function paragraphInterruptions(withMath: boolean): TokenizerExtension {
	return {
		name: "interruption",
		level: "block",
		tokenizer: () => undefined,
		start(rest) {
			const source = sourceOf(this.lexer);
			const at = source.nextBy("interruption", rest, (from, text) =>
				findInterruption(this.lexer, text, from, withMath),
			);
			const blank = source.next(blankLine, rest);
			return at < 0 || (blank >= 0 && blank < at) ? undefined : at;
		},
	};
}

/** Ends a list, a quote, a table or a heading, which would go on with it, where a footnote, formula or passage begins. */
export function boundedBlocks(
	tokenizers: Required<Pick<TokenizerObject, "blockquote" | "list">>,
	withMath: boolean,
): Pick<TokenizerObject, "blockquote" | "lheading" | "list" | "table"> {
	const before = (lexer: Lexer, source: string, name: string, indented: boolean) => {
		const at = sourceOf(lexer).nextBy(name, source, (from, text) =>
			findInterruption(lexer, text, from, withMath, indented),
		);
		// marked also parses lines it has put together, which are no part of the text.
		return at > 0 && /^\n(?: {0,3}(?:\$\$|\[\^)|:{3})/.test(source.slice(at - 1))
			? source.slice(0, at)
			: source;
	};
	return {
		blockquote(source) {
			if (!/^ {0,3}>/.test(source)) return undefined;
			return tokenizers.blockquote.call(this, before(this.lexer, source, "unindented", false));
		},
		list(source) {
			if (!/^ {0,3}(?:[-+*]|\d{1,9}[.)])/.test(source)) return undefined;
			return tokenizers.list.call(this, before(this.lexer, source, "unindented", false));
		},
		lheading(source) {
			return Tokenizer.prototype.lheading.call(this, before(this.lexer, source, "interruption", true));
		},
		table(source) {
			if (!/^[^\n]*\n {0,3}[|:-]/.test(source)) return undefined;
			const table = before(this.lexer, source, "interruption", true);
			const list = sourceOf(this.lexer).next(listItem, source);
			const ends = list > 0 && /^\n {0,3}(?:\d|[-+*][ \t]*$)/m.test(source.slice(list - 1, list + 20));
			return Tokenizer.prototype.table.call(this, ends ? table.slice(0, list) : table);
		},
	};
}

/** Ends a run of text where a formula or ruby text may begin. Looks no further than `bareUrls` takes text at once. */
export const textInterruptions: TokenizerExtension = {
	name: "textInterruption",
	level: "inline",
	tokenizer: () => undefined,
	start(rest) {
		const at = rest.slice(0, lookahead).search(/[${]/);
		return at < 0 ? undefined : at;
	},
};

function findInterruption(
	lexer: Lexer,
	text: string,
	from: number,
	withMath: boolean,
	indented = true,
): number {
	candidate.lastIndex = from;
	for (let match = candidate.exec(text); match !== null; match = candidate.exec(text)) {
		const { index } = match;
		const next = candidate.lastIndex;
		const rest = text.slice(index);
		if (!indented && rest.startsWith(" ")) continue;
		if (footnoteOpening.test(rest) || readPair(lexer, rest) !== null) return index;
		if (withMath && readMathBlock(lexer, rest) !== null) return index;
		candidate.lastIndex = next;
	}
	return -1;
}

const candidate = /^(?: {0,3}(?:\$\$|\[\^)|:{3})/gm;
const listItem = /^ {0,3}(?:\d{1,9}[.)](?:[ \t]|$)|[-+*][ \t]*$)/gm;
const blankLine = /^[ \t]*$/gm;

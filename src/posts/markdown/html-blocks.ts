import type { TokenizerObject } from "marked";
import { sourceOf } from "./lexer.ts";

/**
 * Parses HTML blocks as CommonMark does, except those that would take the rest of the text because their end is missing:
 * the beginning of a comment, a script or a style sheet that is never closed is text.
 */
export const htmlBlocks: Required<Pick<TokenizerObject, "html">> = {
	html(source) {
		const [opening, kind = "", name] = opensUntilEnd.exec(source) ?? [];
		if (opening === undefined) return false;
		const end = name === undefined ? ends[kind.slice(0, 3)] : ends[name.toLowerCase()];
		const from = opening.length - (kind === "<!--" ? 2 : 0);
		return end !== undefined && sourceOf(this.lexer).next(end, source.slice(from)) < 0 ? undefined : false;
	},
};

const opensUntilEnd = /^ {0,3}(<!--|<\?|<!\[CDATA\[|<![A-Z]|<(script|style|textarea)(?=[\s>]|$))/i;

const ends: Readonly<Record<string, RegExp>> = {
	"<!-": /-->/g,
	"<!": />/g,
	"<?": /\?>/g,
	"<![": /\]\]>/g,
	script: /<\/script>/gi,
	style: /<\/style>/gi,
	textarea: /<\/textarea>/gi,
};

import type { Lexer, Token, TokenizerExtension, Tokens } from "marked";
import { sourceOf } from "./lexer.ts";
import { walk } from "./walk.ts";

/** A TeX formula; `display` formulas are on separate lines. */
export type Formula = Tokens.Generic & { type: "math" | "mathBlock"; tex: string; display: boolean };

/** Returns the key of a formula among the rendered ones of its body. */
export function formulaKey({ tex, display }: Pick<Formula, "tex" | "display">): string {
	return (display ? "$$" : "$") + tex;
}

/**
 * Formulas: `$…$` inline, `$$…$$` as a block; and as on GitHub `` $`…`$ ``. A dollar sign followed by a space, closed
 * before a digit, or escaped with a backslash is a currency sign.
 */
export const math: TokenizerExtension[] = [
	{
		name: "mathBlock",
		level: "block",
		tokenizer(source): Formula | undefined {
			return readMathBlock(this.lexer, source) ?? undefined;
		},
	},
	{
		name: "math",
		level: "inline",
		tokenizer(source): Formula | undefined {
			if (!source.startsWith("$")) return undefined;
			const [raw, double, quoted, single] = inline.exec(source) ?? [];
			const tex = double ?? quoted ?? single;
			if (raw === undefined || tex === undefined) return undefined;
			return { type: "math", raw, tex: tex.trim(), display: double !== undefined };
		},
	},
];

/** Reads a formula on lines of its own at the beginning of `source`; null if there is none. */
export function readMathBlock(lexer: Lexer, source: string): Formula | null {
	const [opening, line] = blockOpening.exec(source) ?? [];
	if (opening === undefined) return null;
	if (line !== undefined) return blockFormula(opening, line);
	const closingAt = sourceOf(lexer).next(blockClosing, source.slice(opening.length));
	if (closingAt < 0) return null;
	const tex = source.slice(opening.length, opening.length + closingAt);
	const rest = source.slice(opening.length + closingAt);
	return blockFormula(opening + tex + (closingLine.exec(rest)?.[0] ?? ""), tex);
}

function blockFormula(raw: string, tex: string): Formula | null {
	return tex.trim() === "" ? null : { type: "mathBlock", raw, tex: tex.trim(), display: true };
}

/** Makes formulas of the code blocks whose language is `math`, as on GitHub. */
export function mathFences(tokens: readonly Token[]): void {
	walk(tokens, (token) => {
		if (token.type !== "code" || token.lang?.trim().toLowerCase() !== "math" || token.text.trim() === "")
			return;
		Object.assign(token, { type: "mathBlock", tex: token.text.trim(), display: true });
	});
}

/** Matches every inline formula in a text. */
export const mathPattern = /(?<![\\$])\$(?:\$[^$\n]+\$|`[^`\n]+`|[^\s$](?:[^$\n]*[^\s$\\])?)\$(?![\d$])/g;

const blockOpening = /^ {0,3}\$\$[ \t]*(?:(\S[^\n]*?)\$\$[ \t]*)?(?:\n+|$)/;
const blockClosing = /^ {0,3}\$\$[ \t]*$/gm;
const closingLine = /^ {0,3}\$\$[ \t]*(?:\n+|$)/;
const inline = /^\$(?:\$([^$\n]+)\$\$|`([^`\n]+)`\$|([^\s$](?:[^$\n]*[^\s$\\])?)\$(?![\d$]))/;

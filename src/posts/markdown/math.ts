import type { TokenizerExtension, Tokens } from "marked";
import { findLineStart } from "./line-start.ts";

/** A TeX formula; `display` formulas are on separate lines. */
export type Formula = Tokens.Generic & { type: "math" | "mathBlock"; tex: string; display: boolean };

/**
 * Formulas: `$…$` inline, `$$…$$` as a block. A dollar sign followed by a space, closed before a digit, or escaped with a
 * backslash is a currency sign.
 */
export const math: TokenizerExtension[] = [
	{
		name: "mathBlock",
		level: "block",
		start: (source) => findLineStart(source, / {0,3}\$\$/),
		tokenizer(source): Formula | undefined {
			const [raw, tex = ""] = block.exec(source) ?? [];
			if (raw === undefined || tex.trim() === "") return undefined;
			return { type: "mathBlock", raw, tex: tex.trim(), display: true };
		},
	},
	{
		name: "math",
		level: "inline",
		start: (source) => source.match(/(?<!\\)\$/)?.index,
		tokenizer(source): Formula | undefined {
			const [raw, double, single] = inline.exec(source) ?? [];
			const tex = double ?? single;
			if (raw === undefined || tex === undefined) return undefined;
			return { type: "math", raw, tex: tex.trim(), display: double !== undefined };
		},
	},
];

/** Matches every inline formula in a text. */
export const mathPattern = /(?<![\\$])\$(?:\$[^$\n]+\$|[^\s$](?:[^$\n]*[^\s$\\])?)\$(?![\d$])/g;

const block = /^ {0,3}\$\$[ \t]*(?:\n([\s\S]*?)\n {0,3}|(\S[^\n]*?))\$\$[ \t]*(?:\n+|$)/;
const inline = /^\$(?:\$([^$\n]+)\$\$|([^\s$](?:[^$\n]*[^\s$\\])?)\$(?![\d$]))/;

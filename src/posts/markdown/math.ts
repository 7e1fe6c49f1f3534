import type { TokenizerExtension, Tokens } from "marked";
import { lineStart } from "./line-start.ts";

/** TeX as it stands in a post; `display` is on a line of its own. */
export type Formula = Tokens.Generic & { type: "math" | "mathBlock"; tex: string; display: boolean };

/**
 * `$…$` within a line and `$$…$$` on its own. A dollar sign that has a space inside it, or a digit after its end, is
 * money; so is one with a backslash before it.
 */
export const math: TokenizerExtension[] = [
	{
		name: "mathBlock",
		level: "block",
		start: (source) => lineStart(source, / {0,3}\$\$/),
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

/** Every formula within a text, for those who look past it. */
export const mathAnywhere = /(?<![\\$])\$(?:\$[^$\n]+\$|[^\s$](?:[^$\n]*[^\s$\\])?)\$(?![\d$])/g;

const block = /^ {0,3}\$\$[ \t]*(?:\n([\s\S]*?)\n {0,3}|(\S[^\n]*?))\$\$[ \t]*(?:\n+|$)/;
const inline = /^\$(?:\$([^$\n]+)\$\$|([^\s$](?:[^$\n]*[^\s$\\])?)\$(?![\d$]))/;

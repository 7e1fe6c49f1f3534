import {
	type Token,
	Tokenizer,
	type TokenizerAndRendererExtension,
	type TokenizerObject,
	type Tokens,
} from "marked";
import { escapeHtml } from "../html.ts";
import type { ProseLabels } from "./labels.ts";

/** The five kinds of GitHub's alerts. */
export const calloutTypes = ["note", "tip", "important", "warning", "caution"] as const;
type CalloutType = (typeof calloutTypes)[number];

/** A callout: `> [!note] Title`, after whose mark a sign may fold it (`-` closed, `+` open), as in Obsidian. */
type Callout = Tokens.Generic & {
	type: "callout";
	variant: CalloutType;
	fold: "" | "-" | "+";
	title: Token[];
	tokens: Token[];
};

/** Parses a quote as a callout if its first line is a mark of one. */
export const callouts: Required<Pick<TokenizerObject, "blockquote">> = {
	blockquote(source) {
		const [line, variant = "", fold = "", title = ""] = opening.exec(source) ?? [];
		const whole = line === undefined ? undefined : this.rules.block.blockquote.exec(source)?.[0];
		if (line === undefined || whole === undefined) return false;
		const rest = whole.slice(line.length);
		// A line without a sign goes on with a paragraph of the quote.
		const prefix = rest === "" || /^ {0,3}>/.test(rest) ? ">\n" : "> ";
		const quote = Tokenizer.prototype.blockquote.call(this, prefix + rest);
		if (quote === undefined) return undefined;
		const callout: Callout = {
			...quote,
			type: "callout",
			raw: source.slice(0, line.length + Math.max(0, quote.raw.length - prefix.length)).replace(/\n$/, ""),
			variant: variant.toLowerCase() as CalloutType,
			fold: fold as Callout["fold"],
			title: title.trim() === "" ? [] : this.lexer.inline(title.trim()),
			tokens: quote.tokens,
		};
		// marked adds whatever block this returns to its tokens.
		return callout as unknown as Tokens.Blockquote;
	},
};

/** Renders callouts, with the name of their kind for a title unless they have one. */
export function calloutRenderer(labels: ProseLabels): TokenizerAndRendererExtension {
	const names: Record<CalloutType, string> = {
		note: labels.calloutNote,
		tip: labels.calloutTip,
		important: labels.calloutImportant,
		warning: labels.calloutWarning,
		caution: labels.calloutCaution,
	};
	return {
		name: "callout",
		renderer(token) {
			const { variant, fold, title, tokens } = token as Callout;
			const name = escapeHtml(names[variant]);
			const own = this.parser.parseInline(title);
			const text = own === "" ? name : `<span class="visually-hidden">${name}: </span>${own}`;
			const classes = `class="callout callout-${variant}"`;
			const content = this.parser.parse(tokens);
			if (fold === "") return `<div ${classes}>\n<p class="callout-title">${text}</p>\n${content}</div>\n`;
			return `<details ${classes}${fold === "+" ? " open" : ""}>\n<summary class="callout-title">${text}</summary>\n${content}</details>\n`;
		},
	};
}

const opening = new RegExp(
	`^ {0,3}>[ \\t]?[ \\t]*\\[!(${calloutTypes.join("|")})\\]([-+]?)(?:[ \\t]+([^\\n]*))?(?:\\n|$)`,
	"i",
);

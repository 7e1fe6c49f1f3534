import { Tokenizer, type TokenizerObject } from "marked";

/** Parses fenced code; removes the indentation of an indented fence from its lines, which marked does for backticks only. */
export const fences: Required<Pick<TokenizerObject, "fences">> = {
	fences(source) {
		const code = Tokenizer.prototype.fences.call(this, source);
		const [, indent = ""] = /^( {1,3})~/.exec(source) ?? [];
		if (code !== undefined && indent !== "")
			code.text = code.text.replace(new RegExp(`^ {1,${indent.length}}`, "gm"), "");
		return code;
	},
};

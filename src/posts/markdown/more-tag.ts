import type { Token, Tokens, TokensList } from "marked";
import { isMoreTag } from "./balance-html.ts";

/** Makes a `<!--more-->` within a paragraph a block of its own; the text after it is another paragraph, as in WordPress. */
export function separateMoreTag(tokens: TokensList): void {
	for (const [index, token] of tokens.entries()) {
		if (token.type === "html" && isMoreTag(token)) return;
		if (token.type !== "paragraph") continue;
		const paragraph = token as Tokens.Paragraph;
		const at = paragraph.tokens.findIndex(isMoreTag);
		const tag = paragraph.tokens[at];
		if (tag === undefined) continue;
		const start = paragraph.raw.indexOf(tag.raw);
		const end = start + tag.raw.length;
		tokens.splice(
			index,
			1,
			...paragraphOf(paragraph.raw.slice(0, start), paragraph.tokens.slice(0, at)),
			{ type: "html", block: true, pre: false, raw: tag.raw, text: tag.raw } satisfies Tokens.HTML,
			...paragraphOf(paragraph.raw.slice(end), paragraph.tokens.slice(at + 1)),
		);
		return;
	}
}

/** Returns a paragraph, or space if it has no text. */
function paragraphOf(raw: string, tokens: Token[]): Token[] {
	if (raw === "") return [];
	if (raw.trim() === "") return [{ type: "space", raw }];
	return [{ type: "paragraph", raw, text: raw.trim(), tokens }];
}

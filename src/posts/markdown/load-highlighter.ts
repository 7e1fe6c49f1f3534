import { type Highlighter, parseCodeInfo } from "./code.ts";
import type { MarkdownDocument } from "./document.ts";
import { walk } from "./walk.ts";

/** Loads the syntax highlighter for a text with code in a language; null for any other. */
export async function loadHighlighter({ tokens }: MarkdownDocument): Promise<Highlighter | null> {
	let code = false;
	walk(tokens, (token) => {
		if (token.type === "code") code ||= parseCodeInfo(token.lang ?? "").language !== null;
	});
	return code ? (await import("./highlighter.js")).highlight : null;
}

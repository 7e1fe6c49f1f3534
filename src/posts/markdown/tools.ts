import type { Highlighter } from "./code.ts";
import { parseCodeInfo } from "./code.ts";
import type { MarkdownDocument } from "./document.ts";

/** What only some texts need, and is loaded only for those. */
export type Tools = {
	highlight: Highlighter | null;
	mathml: ((tex: string, display: boolean) => string) | null;
	phrases: ((text: string, lang: string) => string[]) | null;
};

/** Loads what a text asks for: colours for its code, MathML for its formulas, phrases for its Japanese headings. */
export async function loadTools(
	{ marked, tokens, headings }: MarkdownDocument,
	lang: string,
): Promise<Tools> {
	let code = false;
	let formulas = false;
	marked.walkTokens(tokens, (token) => {
		if (token.type === "code") code ||= parseCodeInfo(token.lang ?? "").language !== null;
		else formulas ||= token.type === "math" || token.type === "mathBlock";
	});
	const [highlighter, mathml, phrases] = await Promise.all([
		code ? import("./highlighter.js") : null,
		formulas ? import("./mathml.ts") : null,
		headings.length > 0 && /^ja\b/i.test(lang) ? import("../phrases.ts") : null,
	]);
	return {
		highlight: highlighter?.highlight ?? null,
		mathml: mathml?.mathml ?? null,
		phrases: phrases?.phrasesOf ?? null,
	};
}

import { type Highlighter, parseCodeInfo } from "./code.ts";
import type { MarkdownDocument } from "./document.ts";

/** What only some texts need, and is loaded only for those. */
export type Tools = {
	highlight: Highlighter | null;
	mathml: ((tex: string, display: boolean) => string) | null;
};

/** Loads what a text asks for: colours for its code, MathML for its formulas. */
export async function loadTools({ marked, tokens }: MarkdownDocument): Promise<Tools> {
	let code = false;
	let formulas = false;
	marked.walkTokens(tokens, (token) => {
		if (token.type === "code") code ||= parseCodeInfo(token.lang ?? "").language !== null;
		else formulas ||= token.type === "math" || token.type === "mathBlock";
	});
	const [highlighter, mathml] = await Promise.all([
		code ? import("./highlighter.js") : null,
		formulas ? import("./mathml.ts") : null,
	]);
	return {
		highlight: highlighter?.highlight ?? null,
		mathml: mathml?.mathml ?? null,
	};
}

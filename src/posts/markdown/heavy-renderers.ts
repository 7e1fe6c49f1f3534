import { type Highlighter, parseCodeInfo } from "./code.ts";
import type { MarkdownDocument } from "./document.ts";
import { walk } from "./walk.ts";

/** Renderers loaded only for the texts that need them. */
export type HeavyRenderers = {
	highlight: Highlighter | null;
	mathml: ((tex: string, display: boolean) => string) | null;
};

/** Loads the renderers a text needs: syntax highlighting for code, MathML for formulas. */
export async function loadHeavyRenderers({ tokens }: MarkdownDocument): Promise<HeavyRenderers> {
	let code = false;
	let formulas = false;
	walk(tokens, (token) => {
		if (token.type === "code") code ||= parseCodeInfo(token.lang ?? "").language !== null;
		else formulas ||= token.type === "math" || token.type === "mathBlock";
	});
	const [highlighter, mathml] = await Promise.all([
		code ? import("./highlighter.js") : null,
		formulas ? import("./mathml.ts") : null,
	]);
	return {
		highlight: highlighter?.highlight ?? null,
		mathml: mathml?.renderMathml ?? null,
	};
}

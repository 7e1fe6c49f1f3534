import type { Token } from "marked";
import type { MarkdownDocument } from "../posts/markdown/document.ts";
import type { Formula } from "../posts/markdown/math.ts";
import { mathml } from "../posts/markdown/mathml.ts";
import type { Mistake } from "./problems.ts";
import { countLines, locate } from "./references.ts";

/** Warnings about what was surely meant otherwise: it is shown as it was typed. */
export function findSlips(document: MarkdownDocument, bodyLine: number): Mistake[] {
	return locate(document, bodyLine, (token: Token) => {
		if (token.type === "math" || token.type === "mathBlock") return formulaSlips(token as Formula);
		if (token.type === "footnote" && token.refs.length === 0) {
			return [
				{
					message: `note "${token.label}" is never called; write [^${token.label}] where it belongs.`,
					within: 0,
				},
			];
		}
		if (token.type === "paragraph") return pairSlips(token.raw);
		return token.type === "text" && !("tokens" in token && token.tokens) ? noteSlips(token.raw) : [];
	});
}

function formulaSlips({ tex, display }: Formula) {
	const [, reason] = /class="math-error" title="([^"]*)"/.exec(mathml(tex, display)) ?? [];
	if (reason === undefined) return [];
	return [
		{ message: `formula "${tex}" is not TeX that can be set (${plain(reason)}); correct it.`, within: 0 },
	];
}

function pairSlips(raw: string) {
	return Array.from(raw.matchAll(/^:{3,}[ \t]*pair\b.*/gm), ({ index }) => ({
		message:
			"::: pair is not whole; write two languages after it, such as en ja, a line of --- between the texts, and a line of ::: at the end.",
		within: countLines(raw.slice(0, index)),
	}));
}

function noteSlips(raw: string) {
	return Array.from(raw.matchAll(/\[\^([^\]\n]+)\]/g), ({ 1: label = "", index }) => ({
		message: `note "${label}" is called but not written; add a line such as [^${label}]: What there is to say.`,
		within: countLines(raw.slice(0, index)),
	}));
}

function plain(reason: string): string {
	return reason
		.replace(/&(?:quot|#39);/g, "'")
		.replace(/^ParseError:\s*/, "")
		.trim();
}

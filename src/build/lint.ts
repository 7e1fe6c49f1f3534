import type { Token, Tokens } from "marked";
import type { MarkdownDocument } from "../posts/markdown/document.ts";
import { type Formula, formulaKey } from "../posts/markdown/math.ts";
import { plainText } from "../posts/markdown/plain-text.ts";
import type { Site } from "../posts/site.ts";
import { isVisible } from "../text/visible.ts";
import { countLines } from "./lines.ts";
import { lintMarks } from "./lint-marks.ts";
import type { FieldError } from "./problems.ts";
import { locate } from "./references.ts";

/** Warns about markup with likely mistakes, which is shown as typed; `formulas` are the rendered ones, by their keys. */
export function lintMarkdown(
	document: MarkdownDocument,
	bodyLine: number,
	markdown: Site["markdown"],
	formulas: Readonly<Record<string, string>>,
): FieldError[] {
	const labels = new Set(document.footnotes.map(({ label }) => label.toLowerCase()));
	return locate(document, bodyLine, (token: Token) => [
		...(token.type === "math" || token.type === "mathBlock"
			? lintFormula(token as Formula, formulas)
			: lintToken(token, labels)),
		...lintMarks(token, markdown),
	]);
}

function lintToken(token: Token, labels: ReadonlySet<string>): { message: string; within: number }[] {
	if (token.type === "footnote" && token.number === 0) {
		const isSecond = labels.has(token.label.toLowerCase());
		if (isSecond)
			return [{ message: `footnote "${token.label}" is defined before; remove one of them.`, within: 0 }];
		return [
			{
				message: `footnote "${token.label}" is never referenced; add [^${token.label}] to the text.`,
				within: 0,
			},
		];
	}
	if (token.type === "paragraph") return lintPair(token.raw);
	if (token.type === "heading") return lintHeading(token as Tokens.Heading);
	if (token.type !== "text" || ("tokens" in token && token.tokens)) return [];
	return lintFootnotes(token.raw);
}

function lintFormula(formula: Formula, formulas: Readonly<Record<string, string>>) {
	const mathml = formulas[formulaKey(formula)] ?? "";
	const [, reason] = /class="math-error" title="([^"]*)"/.exec(mathml) ?? [];
	if (reason === undefined) return [];
	return [{ message: `formula "${formula.tex}" is not valid TeX (${cleanReason(reason)}).`, within: 0 }];
}

function lintHeading({ tokens }: Tokens.Heading) {
	if (isVisible(plainText(tokens)) || tokens.some(({ type }) => type === "image")) return [];
	return [{ message: "heading has no text that readers would see; write some or remove it.", within: 0 }];
}

function lintPair(raw: string) {
	return Array.from(raw.matchAll(/^:{3,}[ \t]*pair\b.*/gm), ({ index }) => ({
		message:
			"::: pair is incomplete; it needs two languages, such as en ja, a line of --- between the texts, and a line of ::: at the end.",
		within: countLines(raw.slice(0, index)),
	}));
}

function lintFootnotes(raw: string) {
	return Array.from(raw.matchAll(/\[\^([^\]\n]+)\]/g), ({ 1: label = "", index }) => ({
		message: /\s/.test(label)
			? `footnote "${label}" is shown as typed; its name can have no spaces.`
			: `footnote "${label}" is not defined; add a line such as [^${label}]: Text of the note.`,
		within: countLines(raw.slice(0, index)),
	}));
}

function cleanReason(reason: string): string {
	return reason
		.replace(/&(?:quot|#39);/g, "'")
		.replace(/^ParseError:\s*/, "")
		.trim();
}

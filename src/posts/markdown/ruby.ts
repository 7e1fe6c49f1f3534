import type { TokenizerAndRendererExtension, Tokens } from "marked";
import { escapeHtml } from "../html.ts";
import { cjk } from "./cjk.ts";

/** Base text with its reading: one for the whole text, or one for each character. */
type Ruby = Tokens.Generic & { base: string; readings: readonly string[] };

/** Ruby text: `{漢字|かんじ}`, or `{漢字|かん|じ}` with a reading for each character. */
export const ruby: TokenizerAndRendererExtension = {
	name: "ruby",
	level: "inline",
	tokenizer(source): Ruby | undefined {
		if (!source.startsWith("{")) return undefined;
		const [raw, base = "", written = ""] = pattern.exec(source) ?? [];
		const readings = written.split("|");
		const fits = readings.length === 1 || readings.length === charactersOf(base).length;
		if (raw === undefined || !fits || !cjk.test(raw)) return undefined;
		return { type: "ruby", raw, base, readings };
	},
	renderer(token) {
		const { base, readings } = token as Ruby;
		const bases = readings.length === 1 ? [base] : charactersOf(base);
		const pairs = bases.map(
			(text, index) =>
				`${escapeHtml(text)}<rp>（</rp><rt>${escapeHtml(readings[index] ?? "")}</rt><rp>）</rp>`,
		);
		return `<ruby>${pairs.join("")}</ruby>`;
	},
};

/** Matches all ruby text in a text. */
export const rubyPattern = /\{[^{}|\n]+\|[^{}\n]+\}/g;

const pattern = /^\{([^{}|\n]+)\|([^{}\n]+)\}/;
const characters = new Intl.Segmenter("ja", { granularity: "grapheme" });

function charactersOf(text: string): string[] {
	return Array.from(characters.segment(text), ({ segment }) => segment);
}

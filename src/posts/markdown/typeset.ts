import type { Token, Tokens } from "marked";
import { isBareLink } from "./character-references.ts";
import { quotationMarks } from "./quotation-marks.ts";
import { childrenOf } from "./walk.ts";

/**
 * Sets the text of all text tokens: as written, with named emoji and, for a language, with its quotation marks, dashes
 * and ellipses in place of typewriter ones. Code, formulas, addresses and escaped characters stay.
 */
export function typeset(
	tokens: readonly Token[],
	language: string | null,
	emoji: Readonly<Record<string, string>>,
): void {
	const marks = language === null ? null : quotationMarks(language);
	/** The text before a token in its paragraph, as far as quotation marks depend on it. */
	let before = "";
	typesetAll(tokens);

	function typesetAll(siblings: readonly Token[]): void {
		for (const token of siblings) {
			if (token.type === "text" && !("tokens" in token && token.tokens)) typesetText(token as Tokens.Text);
			else if (isBareLink(token)) {
				for (const child of (token as Tokens.Link).tokens) if (child.type === "text") child.text = child.raw;
				before = "x";
			} else {
				if (!inlineTypes.has(token.type)) before = "";
				for (const children of childrenOf(token)) typesetAll(children);
				if (token.type === "br") before = "";
				else if (token.type === "codespan" || token.type === "escape" || token.type === "math") before = "x";
			}
		}
	}

	function typesetText(token: Tokens.Text): void {
		const named = token.raw.replace(emojiName, (written, name: string) => {
			return Object.hasOwn(emoji, name) ? (emoji[name] ?? written) : written;
		});
		token.text = marks === null ? named : punctuate(named, before, marks);
		before = token.text.at(-1) ?? before;
	}
}

/** Matches `:name:` of an emoji. */
export const emojiName = /(?<![\p{L}\p{N}:]):([a-z0-9_+-]+):(?![\p{L}\p{N}])/gu;

const inlineTypes = new Set([
	...["text", "em", "strong", "del", "link", "image", "html", "codespan", "escape", "math", "ruby"],
	...["footnoteReference", "checkbox"],
]);

function punctuate(text: string, before: string, marks: readonly [string, string, string, string]): string {
	const [openDouble, closeDouble, openSingle, closeSingle] = marks;
	const written = text
		.replace(/(?<!\.)\.\.\.(?!\.)/g, "…")
		.replace(/(?<!-)---(?!-)/g, "—")
		// An option of a command, such as --help, keeps its dashes.
		.replace(/(?<!-)--(?=\s|$)|(?<=[^\s-])--(?!-)/g, "–");
	return written.replace(/["']/g, (mark, at: number) => {
		const previous = at === 0 ? before : (written[at - 1] ?? "");
		const next = written[at + 1] ?? "";
		const opens = (previous === "" || opening.test(previous)) && !/\s/.test(next);
		if (mark === '"') return opens ? openDouble : closeDouble;
		// An apostrophe: within a word, or before the digits of a year.
		if (!opens || /^'\d0s|^'(?:tis|twas|em)\b/i.test(written.slice(at))) {
			return /[\p{L}\p{N}]/u.test(previous) && /[\p{L}\p{N}]/u.test(next) ? "’" : opens ? "’" : closeSingle;
		}
		return openSingle;
	});
}

/** Matches a character after which a quotation mark opens. */
const opening = /[\s([{<\-–—/\p{Pi}\p{Ps}"'=]/u;

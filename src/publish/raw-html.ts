import type { Token } from "marked";
import type { MarkdownDocument } from "../posts/markdown/document.ts";
import type { Mistake } from "./problems.ts";
import { countLines, locate } from "./references.ts";

/** What raw HTML may hold that the pages' Content-Security-Policy stops, and what to do instead. */
const refused: readonly { pattern: RegExp; message: (found: string) => string }[] = [
	{
		pattern: /<(?:script|noscript)\b/gi,
		message: () =>
			"<script> does not run in a post: the pages allow no scripts but the blog's own; remove it.",
	},
	{
		pattern: /<style\b|<link\b[^>]*\bstylesheet\b/gi,
		message: () => "a style sheet in a post is not applied; put the rules into the theme.",
	},
	{
		pattern: /<(iframe|object|embed|frame)\b/gi,
		message: (name) =>
			`<${name.toLowerCase()}> is not shown: the pages show nothing from elsewhere; write a link to it.`,
	},
	{
		pattern: /<img\b[^<>]*?\ssrc\s*=\s*["']?((?:https?:)?\/\/[^\s"'<>]*)/gi,
		message: (src) =>
			`image "${src}" is on another site, from which the pages show nothing; put a copy into media/.`,
	},
	{
		pattern: /<[a-z][^<>]*?\s(on[a-z]+)\s*=/gi,
		message: (name) => `${name.toLowerCase()}="…" does not run in a post; remove it.`,
	},
	{
		pattern: /<[a-z][^<>]*?\s(style)\s*=/gi,
		message: () =>
			'style="…" is not applied in a post; give the element a class and put the rule into the theme.',
	},
];

/** Warnings about raw HTML that readers' browsers will not act on. */
export function findRefusedHtml(document: MarkdownDocument, bodyLine: number): Mistake[] {
	return locate(document, bodyLine, (token: Token) => {
		if (token.type !== "html") return [];
		const html = token.raw.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, " "));
		return refused.flatMap(({ pattern, message }) =>
			Array.from(html.matchAll(pattern), ({ 0: whole, 1: name = "", index }) => ({
				message: message(name),
				within: countLines(html.slice(0, index + whole.length)),
			})),
		);
	});
}

/** Fragments that lead somewhere in a body: its headings, and ids in raw HTML. */
export function findAnchors({ marked, tokens, headings }: MarkdownDocument): Set<string> {
	const anchors = new Set(headings.map(({ id }) => id));
	marked.walkTokens(tokens, (token) => {
		if (token.type !== "html") return;
		for (const [, double, single] of token.raw.matchAll(/\sid\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)) {
			anchors.add(double ?? single ?? "");
		}
	});
	return anchors;
}

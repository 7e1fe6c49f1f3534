import type { Token } from "marked";
import type { MarkdownDocument } from "../posts/markdown/document.ts";
import type { FieldError } from "./problems.ts";
import { countLines, locate } from "./references.ts";

/** Raw HTML blocked by the pages' Content-Security-Policy, with messages that name the alternative. */
const blocked: readonly { pattern: RegExp; message: (found: string) => string }[] = [
	{
		pattern: /<(?:script|noscript)\b/gi,
		message: () => "<script> is blocked, because pages run only the blog's own scripts; remove it.",
	},
	{
		pattern: /<style\b|<link\b[^>]*\bstylesheet\b/gi,
		message: () => "style sheets in posts are blocked; move the rules to the theme.",
	},
	{
		pattern: /<(iframe|object|embed|frame)\b/gi,
		message: (name) =>
			`<${name.toLowerCase()}> is blocked, because pages embed nothing from other sites; link to it instead.`,
	},
	{
		pattern: /<img\b[^<>]*?\ssrc\s*=\s*["']?((?:https?:)?\/\/[^\s"'<>]*)/gi,
		message: (src) => `image "${src}" is on another site and will not be shown; copy it to media/.`,
	},
	{
		pattern: /<[a-z][^<>]*?\s(on[a-z]+)\s*=/gi,
		message: (name) => `${name.toLowerCase()}="…" is blocked; remove it.`,
	},
	{
		pattern: /<[a-z][^<>]*?\s(style)\s*=/gi,
		message: () => 'style="…" is blocked; use a class and add the rule to the theme.',
	},
];

/** Warns about raw HTML that browsers will block. */
export function findBlockedHtml(document: MarkdownDocument, bodyLine: number): FieldError[] {
	return locate(document, bodyLine, (token: Token) => {
		if (token.type !== "html") return [];
		const html = token.raw.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, " "));
		return blocked.flatMap(({ pattern, message }) =>
			Array.from(html.matchAll(pattern), ({ 0: whole, 1: name = "", index }) => ({
				message: message(name),
				within: countLines(html.slice(0, index + whole.length)),
			})),
		);
	});
}

/** Returns the valid fragments of a body: ids of headings and of raw HTML. */
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

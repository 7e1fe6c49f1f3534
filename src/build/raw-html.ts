import type { Token } from "marked";
import type { MarkdownDocument } from "../posts/markdown/document.ts";
import { walk } from "../posts/markdown/walk.ts";
import { type HtmlTag, readTags } from "./html-tags.ts";
import type { FieldError } from "./problems.ts";
import { locate } from "./references.ts";

type Finding = { message: string; within: number };

/** Finds raw HTML blocked by the pages' Content-Security-Policy, with messages that name the alternative. */
const checks: readonly ((tag: HtmlTag) => Finding[])[] = [
	({ name, within }) =>
		name === "script" || name === "noscript"
			? [
					{
						message: "<script> is blocked, because pages run only the blog's own scripts; remove it.",
						within,
					},
				]
			: [],
	({ name, within, attributes }) =>
		name === "style" || (name === "link" && attributes.some(isStyleSheet))
			? [{ message: "style sheets in posts are blocked; move the rules to the theme.", within }]
			: [],
	({ name, within }) => {
		const message = `<${name}> is blocked, because pages embed nothing from other sites; link to it instead.`;
		return embedding.has(name) ? [{ message, within }] : [];
	},
	({ name, attributes }) =>
		attributes
			.filter((attribute) => name === "img" && attribute.name === "src" && isExternal(attribute.value))
			.map(({ value, within }) => {
				const message = `image "${value.trim()}" is on another site and will not be shown; copy it to media/.`;
				return { message, within };
			}),
	({ attributes }) =>
		attributes
			.filter(({ name }) => /^on[a-z]+$/.test(name))
			.map(({ name, within }) => ({ message: `${name}="…" is blocked; remove it.`, within })),
	({ attributes }) =>
		attributes
			.filter(({ name }) => name === "style")
			.map(({ within }) => {
				const message = 'style="…" is blocked; use a class and add the rule to the theme.';
				return { message, within };
			}),
];

const embedding = new Set(["iframe", "object", "embed", "frame"]);
const isExternal = (address: string) => /^\s*(?:https?:)?\/\//i.test(address);
const isStyleSheet = ({ name, value }: HtmlTag["attributes"][number]) =>
	name === "rel" && /\bstylesheet\b/i.test(value);

/** Warns about raw HTML that browsers will block. */
export function findBlockedHtml(document: MarkdownDocument, bodyLine: number): FieldError[] {
	return locate(document, bodyLine, (token: Token) => {
		if (token.type !== "html") return [];
		const tags = readTags(token.raw);
		return checks.flatMap((check) => tags.flatMap(check));
	});
}

/** Returns the pieces of raw HTML of a body. */
export function findHtml({ tokens }: MarkdownDocument): string[] {
	const pieces = new Set<string>();
	walk(tokens, (token) => {
		if (token.type === "html") pieces.add(token.raw);
	});
	return [...pieces];
}

/** Returns the valid fragments of a body: ids of headings, of notes and of raw HTML. */
export function findAnchors({ headings, footnotes, htmlIds }: MarkdownDocument): Set<string> {
	const noteIds = footnotes.flatMap(({ id, references }) => [id, ...references.map((found) => found.id)]);
	return new Set([...headings.map(({ id }) => id), ...noteIds, ...htmlIds]);
}

import type { Token, Tokens } from "marked";
import { ownValue } from "../own-value.ts";
import { decodeReferences } from "./character-references.ts";
import type { FragmentIds } from "./fragment-ids.ts";
import { type HtmlPiece, readHtml } from "./html-tags.ts";
import { openAround, openBefore } from "./implied-end.ts";
import { childrenOf } from "./walk.ts";

/** A flaw that is mended in a piece of raw HTML; `offset` is its place in the token. */
export type HtmlProblem = {
	kind: "broken" | "unclosed" | "stray" | "text" | "id";
	name: string;
	offset: number;
};

/** An open element, or the boundary of a block of Markdown, which raw HTML within it may not cross. */
type Open = { name: string; token: Token | null; offset: number; boundary: "soft" | "hard" | null };

type Tag = Extract<HtmlPiece, { name: string }>;

/**
 * Balances the raw HTML of a body, so that none of it reaches beyond the block it is in: elements left open are closed,
 * end tags of nothing are left out, and the signs of tags that would swallow what follows are shown as text. Also leaves
 * out ids that something else on the page has. Changes the text of HTML tokens, not their source.
 */
export function balanceHtml(
	tokens: Token[],
	register: FragmentIds,
	replaced: Readonly<Record<string, string>>,
) {
	const problems = new Map<Token, HtmlProblem[]>();
	const ids = new Set<string>();
	const stack: Open[] = [];
	/** End tags of what is open at the first `<!--more-->`. */
	let openAtMore: string | null = null;
	balanceAll(tokens, "hard");
	return { problems, ids };

	function balanceAll(siblings: Token[], boundary: "soft" | "hard"): void {
		stack.push({ name: "", token: null, offset: 0, boundary });
		const base = stack.length;
		const inserted: [number, string][] = [];
		for (const [index, token] of siblings.entries()) {
			if (token.type === "html") balance(token as Tokens.HTML, siblings.slice(index + 1, index + 50));
			else {
				const kept = Math.min(openAround(namesFrom(base), token), keptAround(token) - base);
				const end = closeDown(base, kept, true);
				if (end !== "") inserted.push([index, end]);
				const kind = softTypes.has(token.type) ? "soft" : "hard";
				for (const children of childrenOf(token)) balanceAll(children as Token[], kind);
			}
		}
		const left = stack.splice(base);
		stack.pop();
		const closing = left.map(({ name }) => name).filter((name) => !optionalEnd.has(name));
		for (const { name, token, offset } of left)
			if (token !== null && !optionalEnd.has(name)) report(token, { kind: "unclosed", name, offset });
		if (closing.length > 0) siblings.push(htmlToken(endTags(closing)));
		for (const [index, end] of inserted.toReversed()) siblings.splice(index, 0, htmlToken(end));
	}

	function balance(token: Tokens.HTML | Tokens.Tag, following: readonly Token[]): void {
		const html = ownValue(replaced, token.raw) ?? token.raw;
		if (isMoreTag(token)) {
			openAtMore ??= endTags(stack.map(({ name }) => name).filter((name) => name !== ""));
			token.text = `<!--more${openAtMore}-->${token.block ? "\n" : ""}`;
			return;
		}
		let text = "";
		let rawUntil = 0;
		for (const piece of readHtml(html, isForeign)) {
			if (piece.start < rawUntil) continue;
			const written = html.slice(piece.start, piece.end);
			if (piece.type === "start") {
				const isMarkup = isForeign() && !breakouts.has(piece.name);
				const end = isMarkup ? 0 : rawTextEnd(html, piece, following);
				if (end === null) {
					report(token, { kind: "text", name: piece.name, offset: piece.start });
					text += written.replaceAll("<", "&lt;");
				} else if (end > 0) {
					text += html.slice(piece.start, end);
					rawUntil = end;
				} else text += open(token, piece, written);
			} else if (piece.type === "end") text += close(token, piece, written);
			else if (piece.type === "broken") {
				report(token, { kind: "broken", name: "", offset: piece.start });
				text += "&lt;";
			} else text += written;
		}
		token.text = text;
	}

	function open(token: Token, tag: Tag, written: string): string {
		const { name, start } = tag;
		const base = stack.findLastIndex(({ boundary }) => boundary === "hard") + 1;
		let before = isForeign() ? "" : closeDown(base, openBefore(namesFrom(base), name), false);
		if (isForeign() && breakouts.has(name))
			before = endTags(stack.splice(foreignAt()).map((open) => open.name));
		const isVoid = isForeign() ? tag.selfClosing : voidElements.has(name);
		if (!isVoid && !(foreign.has(name) && tag.selfClosing))
			stack.push({ name, token, offset: start, boundary: null });
		return before + withoutTakenIds(token, tag, written);
	}

	/** Returns how much of the stack stays open around a token: in an SVG image or formula, only text is no HTML element. */
	function keptAround({ type }: Token): number {
		return isForeign() && !noElement.has(type) ? foreignAt() : stack.length;
	}

	function foreignAt(): number {
		return stack.findLastIndex(({ name }) => foreign.has(name));
	}

	function namesFrom(base: number): string[] {
		return stack.slice(base).map(({ name }) => name);
	}

	/** Closes all but the first of the elements above a place in the stack, and returns their end tags. */
	function closeDown(base: number, kept: number, isComplete: boolean): string {
		const above = stack.slice(base + kept);
		stack.splice(base + kept, above.length, ...above.filter(({ boundary }) => boundary !== null));
		for (const { name, token, offset } of above)
			if (token !== null && !optionalEnd.has(name)) report(token, { kind: "unclosed", name, offset });
		const names = above.map(({ name }) => name).filter((name) => name !== "");
		return endTags(isComplete ? names : names.filter((name) => !optionalEnd.has(name)));
	}

	function withoutTakenIds(token: Token, { attributes, start }: Tag, written: string): string {
		const attribute = attributes.find(({ name }) => name === "id");
		if (attribute === undefined) return written;
		const id = decodeReferences(attribute.value);
		if (id !== "" && register.takeExactly(id)) {
			ids.add(id);
			return written;
		}
		report(token, { kind: "id", name: id, offset: start });
		return written.slice(0, attribute.start - start) + written.slice(attribute.end - start);
	}

	function close(token: Token, { name, start }: Tag, written: string): string {
		const at = stack.findLastIndex((open) => open.name === name || open.boundary === "hard");
		const opened = stack[at];
		if (opened === undefined || opened.boundary !== null) {
			if (textElements.has(name)) {
				report(token, { kind: "text", name, offset: start });
				return written.replaceAll("<", "&lt;");
			}
			if (!optionalEnd.has(name)) report(token, { kind: "stray", name, offset: start });
			return "";
		}
		const above = stack.slice(at + 1);
		stack.splice(at, above.length + 1, ...above.filter(({ boundary }) => boundary !== null));
		const unclosed = above.filter(({ name }) => name !== "" && !optionalEnd.has(name));
		return endTags(unclosed.map(({ name }) => name)) + written;
	}

	function isForeign(): boolean {
		const at = stack.findLastIndex(({ name, boundary }) => {
			return boundary !== null || foreign.has(name) || integrationPoints.has(name);
		});
		return foreign.has(stack[at]?.name ?? "");
	}

	function report(token: Token, problem: HtmlProblem): void {
		problems.set(token, [...(problems.get(token) ?? []), problem]);
	}
}

/** Whether a token is `<!--more-->`, up to which lists show a post; it may have words, as in WordPress. */
export function isMoreTag(token: Token): boolean {
	return token.type === "html" && /^\s*<!--\s*more(?:\s[^>]*)?-->\s*$/i.test(token.raw);
}

/**
 * Returns the end of an element whose content is no markup, 0 if the element is another, and null if its tag is to be
 * shown as text: because it would swallow what follows, or as in GFM's tag filter.
 */
function rawTextEnd(html: string, { name, end }: Tag, following: readonly Token[]): number | null {
	if (textElements.has(name)) return null;
	if (!rawTextElements.has(name)) return 0;
	const closing = new RegExp(`</${name}(?=[\\s/>])[^>]*>`, "gi");
	closing.lastIndex = end;
	if (closing.exec(html) !== null) {
		const content = html.slice(end, closing.lastIndex);
		// In a script, a comment with a script in it hides the end tag.
		return name === "script" && /<!--[\s\S]*<script/i.test(content) ? null : closing.lastIndex;
	}
	const isClosed = following.some(
		(token) => token.type === "html" && token.raw.toLowerCase() === `</${name}>`,
	);
	return html.length === end && isClosed ? 0 : null;
}

function endTags(names: readonly string[]): string {
	return names
		.toReversed()
		.map((name) => `</${name}>`)
		.join("");
}

function htmlToken(text: string): Tokens.HTML {
	return { type: "html", block: false, raw: "", pre: false, text };
}

const words = (list: string) => new Set(list.split(" "));
/** Parts of Markdown within which an end tag may close an element that was opened before them. */
const softTypes = words("paragraph heading text em strong del link");
const voidElements = words(
	"area base br col embed frame hr image img input link meta param source track wbr",
);
const rawTextElements = words("script style iframe noscript");
/** Elements that show as text what follows them, or belong to the whole page. */
const textElements = words("title textarea xmp noembed noframes plaintext html head body frameset frame");
const optionalEnd = words("p li dt dd rt rp optgroup option colgroup caption thead tbody tfoot tr td th");
const foreign = words("svg math");
const integrationPoints = words("foreignobject desc title mi mo mn ms mtext annotation-xml");
/** Tokens that are rendered as text or nothing. */
const noElement = words("text escape space def footnote");
/** HTML elements whose tag ends an SVG image or formula. */
const breakouts = words(
	"b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var",
);

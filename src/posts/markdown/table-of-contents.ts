import { escapeHtml } from "../html.ts";
import type { Heading } from "./document.ts";

/** Renders a table of contents of the level 2 and 3 headings; empty when there are fewer than two. */
export function renderTableOfContents(headings: readonly Heading[], title: string): string {
	const listed = headings.filter(({ token }) => token.depth === 2 || token.depth === 3);
	if (listed.length < 2) return "";
	const top = Math.min(...listed.map(({ token }) => token.depth));
	let html = "";
	let depth = top - 1;
	for (const { id, text, token } of listed) {
		if (token.depth > depth) html += "<ol><li>".repeat(token.depth - depth);
		else html += `${"</li></ol>".repeat(depth - token.depth)}</li><li>`;
		depth = token.depth;
		html += `<a href="#${encodeURIComponent(id)}">${escapeHtml(text)}</a>`;
	}
	html += "</li></ol>".repeat(depth - top + 1);
	return `<nav class="contents" aria-label="${escapeHtml(title)}"><p>${escapeHtml(title)}</p>${html}</nav>\n`;
}

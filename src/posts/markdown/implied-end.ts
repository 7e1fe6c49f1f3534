import type { Token } from "marked";
import { walk } from "./walk.ts";

/**
 * Returns how many of the open elements, outermost first, a browser leaves open when it meets a start tag: some end an
 * element of their kind that is still open, with all that is in it.
 */
export function openBefore(open: readonly string[], name: string): number {
	if (name === "table") return before(open, ["table"], cells);
	if (name === "button") return before(open, ["button"], []);
	if (name === "li") return before(open, ["li"], outsideItems);
	if (name === "dd" || name === "dt") return before(open, ["dd", "dt"], outsideItems);
	if (!tableParts.includes(name)) return open.length;
	const table = open.lastIndexOf("table");
	if (table < 0) return open.length;
	const within = open.slice(table + 1);
	const kept = name === "td" || name === "th" ? ["tr", ...sections] : name === "tr" ? sections : [];
	const at = within.findLastIndex((element) => kept.includes(element));
	return table + 1 + at + 1;
}

/** Returns how many of the open elements can stay open around a block of Markdown, whose own tags would end others. */
export function openAround(open: readonly string[], block: Token): number {
	let kept = open.length;
	const risky = open.some((name) => name === "button" || name === "table" || items.includes(name));
	if (!risky) return kept;
	walk([block], (token) => {
		if (token.type === "table") kept = Math.min(kept, openBefore(open, "table"));
		if (token.type !== "html") return;
		for (const [, name = ""] of token.raw.matchAll(/<([a-zA-Z]+)/g))
			kept = Math.min(kept, openBefore(open, name.toLowerCase()));
	});
	return kept;
}

function before(open: readonly string[], names: readonly string[], limits: readonly string[]): number {
	const at = open.findLastIndex((name) => names.includes(name) || limits.includes(name));
	return names.includes(open[at] ?? "") ? at : open.length;
}

const cells = ["td", "th", "caption"];
const sections = ["tbody", "thead", "tfoot"];
const tableParts = [...cells, ...sections, "tr", "col", "colgroup"];
const items = ["li", "dd", "dt"];
const outsideItems = [
	"ul",
	"ol",
	"dl",
	"menu",
	"table",
	"section",
	"article",
	"details",
	"blockquote",
	...cells,
];

import type { Element, ElementContent, Root, RootContent } from "hast";
import { toHtml } from "hast-util-to-html";
import rehypeParse from "rehype-parse";
import { unified } from "unified";

const parser = unified().use(rehypeParse, { fragment: true });

/** Parses a piece of HTML as browsers do. */
export function parseHtml(html: string): Root {
	return parser.parse(html);
}

/** Whether a node is an element, of one of these names if any are given. */
export function isElement(node: RootContent | undefined, ...names: string[]): node is Element {
	return node?.type === "element" && (names.length === 0 || names.includes(node.tagName));
}

/** Returns an attribute as text; empty if it is missing. */
export function attribute(element: Element, name: string): string {
	const value = element.properties[name];
	return Array.isArray(value) ? value.join(" ") : value === null || value === undefined ? "" : String(value);
}

/** Returns the text in a node. */
export function textOf(node: Root | RootContent): string {
	if (node.type === "text") return node.value;
	return "children" in node ? node.children.map(textOf).join("") : "";
}

/** Visits every element in a tree, the outer before the inner; `visit` may replace the children of what it is given. */
export function visitElements(node: Root | RootContent, visit: (element: Element) => void): void {
	if (node.type === "element") visit(node);
	if ("children" in node) for (const child of node.children) visitElements(child, visit);
}

/** Replaces the nodes for which `replace` returns a list, from the inside out. */
export function replaceNodes(
	parent: Root | Element,
	replace: (node: ElementContent) => ElementContent[] | null,
): void {
	const children = parent.children as ElementContent[];
	const replaced = children.flatMap((child) => {
		if (child.type === "element") replaceNodes(child, replace);
		return replace(child) ?? [child];
	});
	parent.children = replaced;
}

/** Elements that Markdown treats as the start of HTML wherever they begin a line. */
const blockNames = new Set(
	"address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr iframe li main menu nav ol p section summary table tbody td tfoot th thead tr ul".split(
		" ",
	),
);

/**
 * Writes nodes as a block of raw HTML within Markdown, which a blank line would end: line ends that matter become references,
 * others single ones.
 */
export function rawBlock(nodes: readonly RootContent[]): string {
	const html = toHtml({ type: "root", children: [...nodes] })
		.replace(/<pre\b[\s\S]*?<\/pre>/g, (pre) => pre.replaceAll("\n", "&#10;"))
		.replace(/\n\s*/g, "\n")
		.trim();
	const [first] = nodes;
	return isElement(first) && blockNames.has(first.tagName) ? html : `<div>${html}</div>`;
}

/** Writes an element as raw HTML on one line. */
export function rawInline(node: Element): string {
	return toHtml(node).replace(/\s*\n\s*/g, " ");
}

import type { Element, Root } from "hast";
import { defaultHandlers, type Handle, toMdast } from "hast-util-to-mdast";
import type { Delete, Emphasis, Image, Nodes, Parents, PhrasingContent, Strong } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { type Info, type Options, type State, toMarkdown } from "mdast-util-to-markdown";
import { attribute, isElement, rawBlock, rawInline, textOf, visitElements } from "./html.ts";

/** The ways to write emphasis: plainly, which the blog's own rules for CJK text understand, or so that every Markdown does. */
export type EmphasisStyle = "plain" | "encoded";

/** Converts a tree to Markdown. Elements that Markdown has no sign for stay HTML. */
export function htmlToMarkdown(tree: Root, emphasis: EmphasisStyle): string {
	const mdast = toMdast(tree, { handlers, document: true });
	return toMarkdown(
		mdast as Nodes,
		emphasis === "plain" ? { ...writing, handlers: plainEmphasis } : writing,
	).trim();
}

/** An inline element whose tags stay around its Markdown. */
const taggedInline: Handle = (state, node) => {
	const [open = "", close = ""] = rawInline({ ...node, children: [] }).split(/(?=<\/)/);
	const children = state.all(node) as PhrasingContent[];
	return [{ type: "html", value: open }, ...children, { type: "html", value: close }];
};

/** A block that stays HTML with everything in it. */
const rawElement: Handle = (_, node) => ({ type: "html", value: rawBlock([node]) });

const ruby: Handle = (_, node) => ({ type: "html", value: rawInline(node) });

/** A picture with a caption of plain text has a sign of its own: the picture's title. */
const figure: Handle = (state, node) => {
	const elements = node.children.filter((child) => isElement(child));
	const caption = elements.find((child) => isElement(child, "figcaption"));
	const others = elements.filter((child) => child !== caption);
	const [only] = others;
	if (caption === undefined || textOf(caption).trim() === "") return state.all({ ...node, children: others });
	const isPlain = "children" in caption && caption.children.every(({ type }) => type === "text");
	if (others.length !== 1 || !isElement(only, "img") || !isPlain) return rawElement(state, node, undefined);
	const title = textOf(caption).replace(/\s+/g, " ").trim();
	const image: Image = { type: "image", url: attribute(only, "src"), alt: attribute(only, "alt"), title };
	return { type: "paragraph", children: [image] };
};

/** Makes Markdown of an element only where nothing of it would be lost. */
const only =
	(isSimple: (node: Element) => boolean, handle: Handle): Handle =>
	(state, node, parent) =>
		isSimple(node) ? handle(state, node, parent) : rawElement(state, node, parent);

/** Links in the text lead to ids, for which Markdown has no sign. */
function hasNoId(node: Element): boolean {
	let found = false;
	visitElements(node, (element) => {
		found ||= attribute(element, "id") !== "";
	});
	return !found;
}

/** Whether a table has one row of headings, then cells of text, and none over several rows or columns. */
function isSimpleTable(node: Element): boolean {
	const rows: Element[] = [];
	let isSimple = true;
	visitElements(node, (element) => {
		if (element.tagName === "tr") rows.push(element);
		if (
			isElement(
				element,
				"p",
				"div",
				"ul",
				"ol",
				"pre",
				"br",
				"caption",
				"figure",
				"blockquote",
				"h1",
				"h2",
				"h3",
			)
		) {
			isSimple = false;
		}
		if (attribute(element, "colSpan") !== "" || attribute(element, "rowSpan") !== "") isSimple = false;
		if (element !== node && element.tagName === "table") isSimple = false;
	});
	const cells = rows.map((row) => row.children.filter((child) => isElement(child)));
	const width = cells[0]?.length ?? 0;
	return (
		isSimple &&
		width > 0 &&
		cells.every(
			(row, at) => row.length === width && row.every((cell) => isElement(cell, at === 0 ? "th" : "td")),
		)
	);
}

const inlineNames = "abbr bdi bdo cite dfn ins kbd mark q samp small span sub sup time u var";

const handlers: Record<string, Handle> = {
	...Object.fromEntries(inlineNames.split(" ").map((name) => [name, taggedInline])),
	...Object.fromEntries(
		["audio", "video", "details", "dl", "fieldset"].map((name) => [name, rawElement] as const),
	),
	...Object.fromEntries(
		["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote"].map((name) => [
			name,
			only(hasNoId, defaultHandlers[name as "p"] as Handle),
		]),
	),
	a: (state, node, parent) =>
		attribute(node, "href") === "" ? taggedInline(state, node, parent) : defaultHandlers.a(state, node),
	table: only((node) => hasNoId(node) && isSimpleTable(node), defaultHandlers.table as Handle),
	ruby,
	figure,
};

/** Signs that mean something in this blog's Markdown and not in others': formulas, ruby text, definitions, passages in pairs. */
const writing: Options = {
	bullet: "-",
	emphasis: "*",
	strong: "*",
	fence: "`",
	fences: true,
	rule: "-",
	listItemIndent: "one",
	resourceLink: false,
	extensions: [gfmToMarkdown({ tablePipeAlign: false })],
	unsafe: [
		{ character: "$", inConstruct: "phrasing" },
		{ character: "{", inConstruct: "phrasing" },
		{ character: ":", atBreak: true },
	],
};

const wrap =
	(sign: string) =>
	(node: Strong | Emphasis | Delete, _: Parents | undefined, state: State, info: Info): string =>
		`${sign}${state.containerPhrasing(node, { ...info, before: sign, after: sign })}${sign}`;

const plainEmphasis = { strong: wrap("**"), emphasis: wrap("*") };

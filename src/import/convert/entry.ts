import { autop } from "@wordpress/autop";
import type { ElementContent, Root, RootContent } from "hast";
import { renderMarkdown } from "../../posts/markdown.ts";
import type { SourceText } from "../record.ts";
import type { NewAddresses } from "./addresses.ts";
import { cleanTree } from "./clean.ts";
import { escapeMarkdown } from "./escape.ts";
import { isElement, parseHtml, rawBlock } from "./html.ts";
import { htmlToMarkdown } from "./markdown.ts";
import { signatureOf } from "./signature.ts";
import { wordpressHtml } from "./wordpress.ts";

/** The Markdown of a text, and remarks on what could not become Markdown. */
export type Conversion = { markdown: string; remarks: readonly string[] };

/**
 * Converts the text of a post or page to Markdown, and checks it: rendered by the blog's own renderer it must show the same
 * text, links, pictures, headings and tables. A block for which that fails stays HTML.
 */
export async function convertEntry(
	text: SourceText,
	addresses: NewAddresses,
	breaks = false,
): Promise<Conversion> {
	const remarks: string[] = [];
	const body = text.text.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd").toWellFormed();
	if (body.length > maxLength && text.format !== "markdown") {
		remarks.push("is kept as HTML, because it is longer than two million characters.");
		return { markdown: body.replace(/\n\s*\n/g, "\n"), remarks };
	}
	if (text.format === "markdown") return { markdown: body, remarks };
	if (text.format === "plain") return { markdown: escapeMarkdown(body), remarks };
	const remark = (message: string) => {
		if (!remarks.includes(message)) remarks.push(message);
	};
	const html =
		text.format === "wordpress"
			? wordpressHtml(body, addresses, remark)
			: text.format === "breaks"
				? autop(body)
				: body;
	const tree = parseHtml(html);
	cleanTree(tree, addresses, remark);
	const blocks = blocksOf(tree);
	const whole: Root = { type: "root", children: blocks.flat() };
	const markdown = faithful(whole, breaks);
	if (markdown !== null) return { markdown, remarks };

	const parts: string[] = [];
	let raw = 0;
	for (const block of blocks) {
		const converted = faithful({ type: "root", children: block }, breaks);
		if (converted === null) raw += 1;
		parts.push(converted ?? rawBlock(block));
	}
	const joined = parts.filter((part) => part !== "").join("\n\n");
	if (raw > 0)
		remark(`keeps ${raw === 1 ? "one block" : `${raw} blocks`} as HTML, which Markdown could not say.`);
	if (isFaithful(joined, whole, breaks)) return { markdown: joined, remarks };
	// Blocks that run together: a comment between them keeps them apart.
	const apart = parts.filter((part) => part !== "").join("\n\n<!-- -->\n\n");
	if (isFaithful(apart, whole, breaks)) return { markdown: apart, remarks };
	remark("is kept as HTML as a whole, because its parts would read differently in Markdown.");
	return { markdown: blocks.map(rawBlock).join("\n\n"), remarks };
}

/** The longest text that is converted: its tree takes fifty times as much memory. */
const maxLength = 2_000_000;

/** Returns the Markdown of a tree if it renders to the same, or null. */
function faithful(tree: Root, breaks: boolean): string | null {
	for (const style of ["plain", "encoded"] as const) {
		const markdown = htmlToMarkdown(tree, style);
		if (isFaithful(markdown, tree, breaks)) return markdown;
	}
	return null;
}

function isFaithful(markdown: string, tree: Root, breaks: boolean): boolean {
	return signatureOf(parseHtml(render(markdown, breaks))) === signatureOf(tree);
}

/** Renders Markdown as the blog does. */
export function render(markdown: string, breaks: boolean): string {
	const reading = { breaks, math: true, typography: null, emoji: {}, html: {} };
	return renderMarkdown(markdown, {
		...reading,
		contents: false,
		headingPhrases: [],
		images: {},
		links: {},
		formulas: {},
		labels,
	});
}

const labels = {
	calloutNote: "",
	calloutTip: "",
	calloutImportant: "",
	calloutWarning: "",
	calloutCaution: "",
	footnotes: "",
	footnoteBack: "",
	taskDone: "",
	taskOpen: "",
	contents: "",
	sectionLink: "",
};

/** Elements that only group blocks. */
const groups = ["div", "section", "article", "main"];

/** Splits a tree into blocks: each an element of its own, or a run of inline content. */
function blocksOf(tree: Root): RootContent[][] {
	const blocks: RootContent[][] = [];
	let run: RootContent[] = [];
	const end = () => {
		if (run.some((node) => node.type !== "text" || node.value.trim() !== "")) {
			blocks.push([{ type: "element", tagName: "p", properties: {}, children: run as ElementContent[] }]);
		}
		run = [];
	};
	const add = (nodes: readonly RootContent[]) => {
		for (const node of nodes) {
			if (isElement(node, ...groups) && Object.keys(node.properties).length === 0) {
				end();
				add(node.children);
				end();
			} else if (node.type === "comment" || (isElement(node) && !isInline(node.tagName))) {
				end();
				blocks.push([node]);
			} else run.push(node);
		}
	};
	add(tree.children);
	end();
	return blocks;
}

const inline = new Set(
	"a abbr b bdi bdo br cite code data del dfn em i img ins kbd label mark q ruby s samp small span strike strong sub sup time u var".split(
		" ",
	),
);

function isInline(name: string): boolean {
	return inline.has(name);
}

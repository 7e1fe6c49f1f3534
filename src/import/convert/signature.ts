import type { Element, Root, RootContent } from "hast";
import { attribute, textOf } from "./html.ts";

/** Inline elements whose meaning must survive, by the mark that stands for them. */
const marks: Record<string, string> = {
	strong: "**",
	b: "**",
	em: "*",
	i: "*",
	code: "`",
	del: "~~",
	s: "~~",
	strike: "~~",
	sub: "_",
	sup: "^",
	rt: "|",
	mark: "==",
	kbd: "[]",
};

const blocks = new Set(
	"address article aside blockquote dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split(
		" ",
	),
);

/**
 * Returns what a reader gets of a piece of HTML, to compare two: its text, and where in it there are links, pictures, headings,
 * lists, quotations, tables, code and emphasis. Spaces count as browsers show them; beside CJK letters they do not.
 */
export function signatureOf(node: Root | RootContent): string {
	const parts: string[] = [];
	write(node, parts);
	return parts
		.join("")
		.replace(/[ \t\r\n\u200b]*\ufdd0[ \t\r\n\ufdd0\u200b]*/g, "\n")
		.replace(/[ \t\r\n]+/g, (space) => (space.includes("\n") ? "\n" : " "))
		.replace(
			/(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u3000-\u303f\uff00-\uffef]) | (?=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u3000-\u303f\uff00-\uffef])/gu,
			"",
		)
		.normalize("NFC")
		.trim();
}

/** Elements that show nothing of their own. */
const silent = new Set(["rp", "input", "source"]);

/** Elements whose beginning is marked with their name, and those whose end is. */
const named = new Set(["tr", "figcaption", "dt", "dd", "summary", "details"]);
const closed = new Set(["blockquote", "table", "details"]);

/** Stands for the border of a block; no text has it. */
const border = "\ufdd0";

function write(node: Root | RootContent, parts: string[]): void {
	if (node.type === "text") parts.push(node.value.replace(/\s*[\n\r]\s*/g, " "));
	else if (node.type === "comment" && /^\s*more\b/.test(node.value))
		parts.push(border, "<!--more-->", border);
	else if (node.type === "root") for (const child of node.children) write(child, parts);
	else if (node.type === "element") writeElement(node, parts);
}

function writeElement(node: Element, parts: string[]): void {
	const { tagName: name } = node;
	// The renderer's own: links to headings.
	if (name === "a" && attribute(node, "className").split(" ").includes("anchor")) return;
	if (silent.has(name)) return;
	if (name === "br") parts.push(border, "↵", border);
	else if (name === "img")
		parts.push(`![${attribute(node, "alt").replace(/\s+/g, " ").trim()}](${addressOf(node, "src")})`);
	else if (name === "pre")
		parts.push(border, "```", textOf(node).replace(/\s+$/, "").replaceAll("\n", "⏎"), border);
	else if (name === "video" || name === "audio") parts.push(`<${name} ${addressOf(node, "src")}>`);
	else {
		const isBlock = blocks.has(name);
		const mark = marks[name] ?? "";
		const before = parts.length;
		if (isBlock) parts.push(border, startOf(node));
		const start = parts.length;
		for (const child of node.children) write(child, parts);
		const isEmpty = parts.slice(start).join("").trim() === "";
		if (isEmpty && !isBlock) parts.length = before;
		else if (name === "a" && attribute(node, "href") !== "") {
			parts.splice(start, 0, "[");
			parts.push(`](${addressOf(node, "href")})`);
		} else if (mark !== "") {
			parts.splice(start, 0, mark);
			parts.push(mark);
		}
		if (isBlock) parts.push(endOf(name), border);
	}
}

function startOf(node: Element): string {
	const { tagName: name } = node;
	if (/^h[1-6]$/.test(name)) return `${"#".repeat(Number(name[1]))} `;
	if (name === "li") return "• ";
	if (name === "ol") return `1:${attribute(node, "start") || 1}`;
	if (name === "blockquote") return "> ";
	if (name === "hr") return "---";
	if (name === "td" || name === "th") {
		return `${name}${attribute(node, "colSpan")}${attribute(node, "rowSpan")} `;
	}
	return named.has(name) ? `${name} ` : "";
}

function endOf(name: string): string {
	return closed.has(name) ? `/${name}` : "";
}

function addressOf(node: Element, name: string): string {
	const address = attribute(node, name).trim();
	const url = URL.parse(address, "https://relative.invalid/");
	return url === null ? address : url.href.replaceAll("'", "%27");
}

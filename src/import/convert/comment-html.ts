import { Parser } from "htmlparser2";
import { escapeCommentText } from "./escape.ts";

type Open = { name: string; href: string; text: string; items: number };

const emphasis: Readonly<Record<string, string>> = {
	strong: "**",
	b: "**",
	h1: "**",
	h2: "**",
	h3: "**",
	h4: "**",
	em: "*",
	i: "*",
	del: "~~",
	s: "~~",
	strike: "~~",
};
const paragraphs = new Set(
	"p div h1 h2 h3 h4 h5 h6 section article table tr figure figcaption dl dt dd".split(" "),
);
const ignored = new Set(["script", "style", "template", "noscript"]);

/** Converts a comment's HTML to the Markdown of comments. Elements comments cannot have leave their text. */
export function htmlToCommentMarkdown(html: string): string {
	const stack: Open[] = [{ name: "", href: "", text: "", items: 0 }];
	const top = () => stack.at(-1) as Open;
	const isIn = (name: string) => stack.some((open) => open.name === name);
	// The parser passes text on in pieces, within which signs cannot be told.
	let pieces = "";
	const flush = () => {
		const text = pieces;
		pieces = "";
		if (text === "" || stack.some(({ name }) => ignored.has(name))) return;
		top().text += isIn("pre") || isIn("code") ? text : escapeCommentText(text.replace(/\s+/g, " "));
	};
	const parser = new Parser({
		onopentag(name, attributes) {
			flush();
			if (name === "br") top().text += isIn("pre") ? "\n" : "  \n";
			else if (name === "img") top().text += imageLink(attributes);
			else stack.push({ name, href: attributes.href ?? "", text: "", items: 0 });
		},
		ontext(text) {
			pieces += text;
		},
		onclosetag(name) {
			flush();
			if (name === "br" || name === "img" || stack.length === 1) return;
			const closed = stack.pop() as Open;
			top().text += closing(closed, top(), isIn("pre"));
		},
	});
	parser.end(html);
	flush();
	return top()
		.text.replace(/[ \t]*\n[ \t]*(?=\n)/g, "\n")
		.replace(/ {2}\n/g, "\n")
		.replace(/\n{3,}/g, "\n\n")
		.replace(/^[ \t]+(?=\S)/gm, (space) => (space.length > 3 ? "" : space))
		.trim();
}

function closing({ name, href, text }: Open, parent: Open, isInCode: boolean): string {
	if (ignored.has(name)) return "";
	if (name === "pre") return `\n\n${fence(text)}\n\n`;
	if (isInCode) return text;
	const mark = emphasis[name];
	const wrapped = mark === undefined ? text : around(text, mark);
	if (paragraphs.has(name)) return `\n\n${wrapped.trim()}\n\n`;
	if (mark !== undefined) return wrapped;
	if (name === "code" || name === "tt" || name === "kbd") return codeSpan(text);
	if (name === "a") return linkTo(href, text);
	if (name === "blockquote") return `\n\n${text.trim().replace(/^/gm, "> ")}\n\n`;
	if (name === "ul" || name === "ol") return `\n\n${text.trim()}\n\n`;
	if (name !== "li") return text;
	parent.items += 1;
	const sign = parent.name === "ol" ? `${parent.items}. ` : "- ";
	const before = parent.text === "" || parent.text.endsWith("\n") ? "" : "\n";
	return `${before}${sign}${text.trim().replace(/\n+/g, `\n${" ".repeat(sign.length)}`)}\n`;
}

/** Puts a mark around text, inside the spaces at its ends; a paragraph or an empty text gets none. */
function around(text: string, mark: string): string {
	const [, before = "", inner = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
	return inner === "" || inner.includes("\n\n") ? text : `${before}${mark}${inner}${mark}${after}`;
}

function linkTo(href: string, text: string): string {
	const url = URL.parse(href.trim());
	if (url === null || !/^(?:https?|mailto):$/.test(url.protocol)) return text;
	const bare = text.replace(/\\/g, "").trim();
	if (bare === href.trim() || bare === url.href) return bare;
	const target = url.href.replaceAll("(", "%28").replaceAll(")", "%29");
	return bare === "" ? url.href : `[${text.trim().replace(/\n+/g, " ")}](${target})`;
}

function imageLink({ src = "", alt = "" }: Record<string, string>): string {
	return /^https?:\/\//i.test(src) ? linkTo(src, escapeCommentText(alt) || src) : escapeCommentText(alt);
}

function codeSpan(text: string): string {
	const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
	const ticks = "`".repeat(longest + 1);
	const padded = /^`|`$/.test(text) ? ` ${text} ` : text;
	return text.trim() === "" ? text : `${ticks}${padded.replace(/\s*\n\s*/g, " ")}${ticks}`;
}

function fence(text: string): string {
	const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
	const ticks = "`".repeat(longest + 1);
	return `${ticks}\n${text.replace(/^\n|\n$/g, "")}\n${ticks}`;
}

/** Returns the words of a comment's HTML, with the texts that pictures become. */
export function visibleText(html: string): string {
	let text = "";
	let hidden = 0;
	const parser = new Parser({
		onopentag(name, { src = "", alt = "" }) {
			if (ignored.has(name)) hidden += 1;
			if (name === "img") text += /^https?:\/\//i.test(src) ? alt || src : alt;
		},
		ontext(part) {
			if (hidden === 0) text += part;
		},
		onclosetag(name) {
			if (ignored.has(name)) hidden -= 1;
		},
	});
	parser.end(html);
	return text;
}

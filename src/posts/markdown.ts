import type { RendererObject, Token, Tokens } from "marked";
import { toAsciiAddress } from "../text/hosts.ts";
import { toXmlHtml } from "../text/xml.ts";
import { escapeHtml } from "./html.ts";
import type { Manifest } from "./manifest.ts";
import { calloutRenderer } from "./markdown/callouts.ts";
import { renderCode } from "./markdown/code.ts";
import { type MarkdownDocument, type MarkdownSettings, readMarkdown } from "./markdown/document.ts";
import { footnoteList } from "./markdown/footnotes.ts";
import { highlight } from "./markdown/highlighter.js";
import { createImageRenderer, writtenAddress } from "./markdown/images.ts";
import type { ProseLabels } from "./markdown/labels.ts";
import { joinLines } from "./markdown/line-ends.ts";
import { type Formula, formulaKey } from "./markdown/math.ts";
import { insertPhraseBreaks } from "./markdown/phrase-breaks.ts";
import { plainText } from "./markdown/plain-text.ts";
import { renderTableOfContents } from "./markdown/table-of-contents.ts";
import { ownValue } from "./own-value.ts";

/** Rendering options of one body. */
export type MarkdownOptions = MarkdownSettings & {
	/** Whether a table of contents precedes the text. */
	contents: boolean;
	/** For each heading, the number of characters of each phrase; empty for languages that break at spaces. */
	headingPhrases: readonly (readonly number[])[];
	images: Manifest["images"];
	/** Addresses that are served under another spelling, by the address as written. */
	links: Readonly<Record<string, string>>;
	/** MathML of the formulas, by their keys. */
	formulas: Readonly<Record<string, string>>;
	labels: ProseLabels;
};

/** Renders a post's Markdown to HTML, at build time. Authors are trusted, so raw HTML is kept. */
export function renderMarkdown(markdown: string, options: MarkdownOptions): string {
	const document = readMarkdown(markdown, options);
	const { marked, tokens, headings, footnotes } = document;
	marked.use({ renderer: rendererFor(document, options) });
	marked.use({ extensions: [calloutRenderer(options.labels), footnoteList(footnotes, options.labels)] });
	marked.use({
		extensions: ["math", "mathBlock"].map((name) => ({
			name,
			renderer: (token: Tokens.Generic) => {
				const formula = token as Formula;
				return ownValue(options.formulas, formulaKey(formula)) ?? escapeHtml(formula.tex);
			},
		})),
	});
	const contents = options.contents ? renderTableOfContents(headings, options.labels.contents) : "";
	const end: Token[] = footnotes.length === 0 ? [] : [{ type: "footnoteList", raw: "" }];
	return toXmlHtml(contents + marked.parser([...tokens, ...end]));
}

function rendererFor(
	{ headings }: MarkdownDocument,
	{ images, links, headingPhrases, labels }: MarkdownOptions,
): RendererObject {
	const image = createImageRenderer(images, links);
	const positions = new Map<Token, number>(headings.map(({ token }, position) => [token, position]));
	return {
		paragraph({ tokens }) {
			const [only] = tokens;
			if (tokens.length === 1 && only?.type === "image" && only.title) {
				const untitled = { ...only, title: null };
				return `<figure>${this.parser.parseInline([untitled])}<figcaption>${escapeHtml(only.title)}</figcaption></figure>\n`;
			}
			return `<p>${joinLines(this.parser.parseInline(tokens))}</p>\n`;
		},
		text(token) {
			// A text block without a paragraph, as in a tight list.
			if ("tokens" in token && token.tokens) return joinLines(this.parser.parseInline(token.tokens));
			return escapeHtml(token.text);
		},
		heading(token) {
			const position = positions.get(token) ?? -1;
			const { id = "", text = "" } = headings[position] ?? {};
			const html = joinLines(this.parser.parseInline(token.tokens));
			const broken = insertPhraseBreaks(html, text, headingPhrases[position] ?? []);
			if (id === "") return `<h${token.depth}>${broken}</h${token.depth}>\n`;
			const anchor = `<a class="anchor" href="#${encodeURIComponent(id)}" aria-label="${escapeHtml(labels.sectionLink)}">#</a>`;
			return `<h${token.depth} id="${escapeHtml(id)}">${broken} ${anchor}</h${token.depth}>\n`;
		},
		link({ href, title, tokens }) {
			const address = writtenAddress(ownValue(links, href) ?? toAsciiAddress(href));
			const titled = title ? ` title="${escapeHtml(title)}"` : "";
			return `<a href="${escapeHtml(address)}"${titled}>${this.parser.parseInline(tokens)}</a>`;
		},
		image: (token) => image(token, plainText(token.tokens, { images: true })),
		table(token) {
			const cell = (tag: "th" | "td") => (cell: Tokens.TableCell) => {
				const align = cell.align === null ? "" : ` class="${cell.align}"`;
				return `<${tag}${align}>${this.parser.parseInline(cell.tokens)}</${tag}>`;
			};
			const row = (cells: Tokens.TableCell[], tag: "th" | "td") =>
				`<tr>${cells.map(cell(tag)).join("")}</tr>`;
			const body = token.rows.map((cells) => row(cells, "td")).join("");
			const head = `<thead>${row(token.header, "th")}</thead>`;
			return `<div class="table" tabindex="0"><table>${head}<tbody>${body}</tbody></table></div>\n`;
		},
		checkbox: ({ checked }) =>
			`<input type="checkbox" disabled${checked ? " checked" : ""} aria-label="${escapeHtml(checked ? labels.taskDone : labels.taskOpen)}"> `,
		code: ({ text, lang }) => renderCode(text.replace(/\n$/, ""), lang ?? "", highlight),
	};
}

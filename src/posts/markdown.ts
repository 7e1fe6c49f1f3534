import type { RendererObject, Token, Tokens } from "marked";
import { escapeHtml } from "./html.ts";
import type { Manifest } from "./manifest.ts";
import { renderCode } from "./markdown/code.ts";
import { contentsOf } from "./markdown/contents.ts";
import { type MarkdownDocument, readMarkdown } from "./markdown/document.ts";
import { footnotes } from "./markdown/footnotes.ts";
import { imageWriter } from "./markdown/images.ts";
import { joinLines } from "./markdown/line-ends.ts";
import { breakPhrases } from "./markdown/phrase-breaks.ts";
import { decodeEntities } from "./markdown/plain-text.ts";
import { loadTools, type Tools } from "./markdown/tools.ts";
import type { ProseWords } from "./markdown/words.ts";

export type MarkdownOptions = {
	/** A newline in a paragraph is a line break. */
	breaks: boolean;
	/** A table of contents comes first. */
	contents: boolean;
	/** How many characters each phrase of each heading has; empty where spaces tell where to break. */
	headingPhrases: readonly (readonly number[])[];
	images: Manifest["images"];
	/** Paths of the posts and pages that relative links lead to, by the address as written. */
	links: Readonly<Record<string, string>>;
	words: ProseWords;
};

/** Renders a post's Markdown to HTML. The writer is trusted: raw HTML passes. */
export async function renderMarkdown(markdown: string, options: MarkdownOptions): Promise<string> {
	const document = readMarkdown(markdown, options);
	const tools = await loadTools(document);
	const { marked, tokens, headings } = document;
	marked.use({ renderer: rendererFor(document, options, tools) });
	marked.use({ extensions: [footnotes(options.words)] });
	marked.use({
		extensions: ["math", "mathBlock"].map((name) => ({
			name,
			renderer: ({ tex, display }: Tokens.Generic) => tools.mathml?.(tex, display) ?? escapeHtml(tex),
		})),
	});
	const contents = options.contents ? contentsOf(headings, options.words.contents) : "";
	return contents + marked.parser(tokens);
}

function rendererFor(
	{ headings }: MarkdownDocument,
	{ images, links, headingPhrases, words }: MarkdownOptions,
	tools: Tools,
): RendererObject {
	const image = imageWriter(images);
	const places = new Map<Token, number>(headings.map(({ token }, place) => [token, place]));
	return {
		paragraph({ tokens }) {
			const [only] = tokens;
			if (tokens.length === 1 && only?.type === "image" && only.title) {
				const untitled = { ...only, title: null };
				return `<figure>${this.parser.parseInline([untitled])}<figcaption>${escapeHtml(decodeEntities(only.title))}</figcaption></figure>\n`;
			}
			return `<p>${joinLines(this.parser.parseInline(tokens))}</p>\n`;
		},
		text(token) {
			// A block of text without a paragraph, as in a list whose items stand close together.
			return "tokens" in token && token.tokens ? joinLines(this.parser.parseInline(token.tokens)) : false;
		},
		heading(token) {
			const place = places.get(token) ?? -1;
			const { id = "", text = "" } = headings[place] ?? {};
			const html = joinLines(this.parser.parseInline(token.tokens));
			const broken = breakPhrases(html, text, headingPhrases[place] ?? []);
			if (id === "") return `<h${token.depth}>${broken}</h${token.depth}>\n`;
			const anchor = `<a class="anchor" href="#${encodeURIComponent(id)}" aria-label="${escapeHtml(words.sectionLink)}">#</a>`;
			return `<h${token.depth} id="${escapeHtml(id)}">${broken} ${anchor}</h${token.depth}>\n`;
		},
		link(token) {
			const path = links[token.href];
			if (path !== undefined) token.href = path;
			return false;
		},
		image(token) {
			const alt = this.parser.parseInline(token.tokens ?? [], this.parser.textRenderer);
			return image(token, decodeEntities(alt));
		},
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
			`<input type="checkbox" disabled${checked ? " checked" : ""} aria-label="${escapeHtml(checked ? words.taskDone : words.taskOpen)}"> `,
		code: ({ text, lang }) => renderCode(text.replace(/\n$/, ""), lang ?? "", tools.highlight),
	};
}

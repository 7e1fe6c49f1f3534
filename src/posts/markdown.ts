import { Marked, type RendererObject, type Tokens } from "marked";
import { gfmHeadingId } from "marked-gfm-heading-id";
import { escapeHtml } from "./html.ts";
import type { Manifest } from "./manifest.ts";
import { decodePath } from "./paths.ts";

export type MarkdownOptions = {
	/** A newline in a paragraph is a line break. */
	breaks: boolean;
	images: Manifest["images"];
};

/** Renders a post's Markdown (CommonMark and GFM, raw HTML allowed: the writer is trusted) to HTML. */
export type MarkdownRenderer = (markdown: string) => string;

/** Makes the renderer of a site's posts: GFM, heading anchors in every script, images that keep their place. */
export function markdownRenderer({ breaks, images }: MarkdownOptions): MarkdownRenderer {
	const marked = new Marked({ gfm: true, breaks, renderer: rendererFor(images) }, gfmHeadingId());
	return (markdown) => marked.parse(markdown, { async: false });
}

function rendererFor(images: Manifest["images"]): RendererObject {
	return {
		paragraph({ tokens }) {
			const [image] = tokens;
			if (tokens.length === 1 && image?.type === "image" && image.title) {
				return `<figure>${imageTag({ ...(image as Tokens.Image), title: null }, images)}<figcaption>${escapeHtml(image.title)}</figcaption></figure>\n`;
			}
			return `<p>${this.parser.parseInline(tokens)}</p>\n`;
		},
		image: (token) => imageTag(token, images),
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
		code({ text, lang }) {
			const language = lang?.match(/^[\w+#.-]+/)?.[0];
			const name = language === undefined ? "" : ` class="language-${escapeHtml(language)}"`;
			return `<pre tabindex="0"><code${name}>${escapeHtml(text)}\n</code></pre>\n`;
		},
	};
}

function imageTag({ href, text, title }: Tokens.Image, images: Manifest["images"]): string {
	const size = images[decodePath(href)];
	const place = size === undefined ? "" : ` width="${size.width}" height="${size.height}"`;
	const hint = title ? ` title="${escapeHtml(title)}"` : "";
	return `<img src="${escapeHtml(href)}" alt="${escapeHtml(text)}"${hint}${place} loading="lazy" decoding="async">`;
}

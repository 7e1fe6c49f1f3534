import { decodeHTML } from "entities";
import { Marked, type RendererObject, type TokenizerObject } from "marked";
import { FilterXSS } from "xss";
import { escapeHtml } from "../posts/html.ts";
import { bareUrls } from "../posts/markdown/bare-urls.ts";
import { cjkFriendlyEmphasis } from "../posts/markdown/emphasis.ts";
import { toAsciiAddress } from "../text/hosts.ts";
import { toXmlHtml } from "../text/xml.ts";

const never = () => undefined;

/** Matches nine quote or list marks in a row; deeper nesting would exhaust the parser's stack. */
const nestedTooDeep = /^(?: {0,3}(?:>|[-*+]|\d{1,9}[.)]) *){9}/;

/** Parses emphasis and URLs as in posts; constructs not allowed in comments remain plain text. */
const tokenizer: TokenizerObject = {
	...cjkFriendlyEmphasis(),
	...bareUrls(),
	html: never,
	tag: never,
	heading: never,
	lheading: never,
	hr: never,
	table: never,
	def: never,
	reflink: never,
	blockquote: (text) => (nestedTooDeep.test(text) ? undefined : false),
	list: (text) => (nestedTooDeep.test(text) ? undefined : false),
};

const renderer: RendererObject = {
	html: ({ text }) => escapeHtml(text),
	image: ({ raw }) => escapeHtml(raw),
	checkbox: ({ checked }) => (checked ? "[x] " : "[ ] "),
	code: ({ text }) => `<pre><code>${escapeHtml(text)}</code></pre>\n`,
	link({ href, tokens, raw }) {
		const target = linkTarget(href);
		if (target === null) return escapeHtml(raw);
		return `<a href="${escapeHtml(target)}" rel="nofollow ugc noopener">${this.parser.parseInline(tokens)}</a>`;
	},
};

const marked = new Marked({ gfm: true, breaks: true, tokenizer, renderer });

/** Defence in depth: if the renderer has a flaw, still only these elements and attributes are output. */
const sanitizer = new FilterXSS({
	whiteList: {
		a: ["href", "rel"],
		blockquote: [],
		br: [],
		code: [],
		del: [],
		em: [],
		li: [],
		ol: ["start"],
		p: [],
		pre: [],
		strong: [],
		ul: [],
	},
	onTagAttr: (tag, name, value) => {
		if (tag === "a" && name === "href") {
			const target = linkTarget(decodeHTML(value));
			return target === null ? "" : `href="${escapeHtml(target)}"`;
		}
		if (tag === "a" && name === "rel") return 'rel="nofollow ugc noopener"';
		return undefined;
	},
});

/**
 * Renders a comment's Markdown subset (paragraphs, line breaks, emphasis, strong, strike, code, quotes, lists, links)
 * to safe HTML. Everything else is output as the plain text that was typed.
 */
export function renderCommentMarkdown(source: string): string {
	return toXmlHtml(sanitizer.process(marked.parse(source, { async: false })).trim());
}

/** Returns the text of a rendered comment, without its elements and with its references decoded. */
export function textOf(html: string): string {
	return decodeHTML(html.replace(/<[^>]*>/g, ""));
}

/** Returns the URL of an allowed link (absolute http, https or mailto), or null. */
function linkTarget(href: string): string | null {
	const url = URL.parse(toAsciiAddress(href));
	return url !== null && /^(https?|mailto):$/.test(url.protocol) ? url.href : null;
}

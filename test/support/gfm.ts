import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { parseFragment, serialize } from "parse5";

/** Renders Markdown as GitHub does, by micromark with its GFM extension, in the form of {@link plainHtml}. */
export function renderAsGitHub(markdown: string): string {
	const html = micromark(markdown, {
		allowDangerousHtml: true,
		allowDangerousProtocol: true,
		extensions: [gfm()],
		htmlExtensions: [gfmHtml()],
	});
	return plainHtml(html);
}

/**
 * Returns HTML as a browser reads it, in one way of writing it, without what edgecat and micromark each add: links to
 * headings, labels, classes and ids.
 */
export function plainHtml(html: string): string {
	return serialize(parseFragment(html))
		.replace(/ <a class="anchor".*?<\/a>(?=<\/h)/g, "")
		.replace(/<div class="table" tabindex="0">(<table>.*?<\/table>)<\/div>/gs, "$1")
		.replace(/<a [^>]*class="(?:back-to-text|data-footnote-backref)[^>]*>.*?<\/a>/g, "↩")
		.replace(/<(\/?)span(?: class="hljs-[^"]*")?>/g, "")
		.replace(/ (?:align|class)="(left|right|center)"/g, " $1")
		.replace(/<figure>(.*?)<figcaption>.*?<\/figcaption><\/figure>/g, "<p>$1</p>")
		.replace(added, "")
		.split(/(<pre>.*?<\/pre>)/s)
		.map((part, index) => (index % 2 === 1 ? part : withoutSpace(part).trim()))
		.join("")
		.replace(/<h2>Footnotes<\/h2>/g, "")
		.trim();
}

const added =
	/ (?:(?:id|class|tabindex|dir|loading|decoding|fetchpriority|aria-[a-z]+|title|checked|disabled|type)="[^"]*"|href="#[^"]*"|data-footnote[-a-z]*="")/g;

/** Makes one space of every run of space, and removes it beside the tags of blocks. */
function withoutSpace(html: string): string {
	return html.replace(/\s+/g, " ").replace(besideBlock, "$1");
}

const blocks =
	"p|li|ul|ol|blockquote|br|hr|h[1-6]|div|table|thead|tbody|tr|td|th|section|input|details|summary";
const besideBlock = new RegExp(` ?(</?(?:${blocks})\\b[^>]*>|<!--.*?-->|↩|&lt;/?textarea&gt;) ?`, "g");

import type { Body } from "../posts/body.ts";
import type { Manifest } from "../posts/manifest.ts";
import { renderMarkdown } from "../posts/markdown.ts";
import type { Site } from "../posts/site.ts";
import { stringsFor } from "../web/ui/strings/strings.ts";

/** The Markdown of a post or page, and the data needed to render it. */
export type MarkdownBody = {
	markdown: string;
	/** Whether a table of contents precedes the text. */
	contents: boolean;
	/** For each heading, the number of characters of each of its phrases. */
	headingPhrases: readonly (readonly number[])[];
	/** Addresses that are served under another spelling, such as those of files, by the address as written. */
	links: Readonly<Record<string, string>>;
	/** Pieces of raw HTML with such addresses replaced, by the piece as written. */
	html: Readonly<Record<string, string>>;
	/** The images it shows. */
	images: Manifest["images"];
	/** Emoji by the names that are replaced with them, as `:name:`. */
	emoji: Readonly<Record<string, string>>;
	/** MathML of its formulas, by their keys. */
	formulas: Readonly<Record<string, string>>;
};

/** Renders a body in the language of its entry, so that no isolate has to parse Markdown before its first page. */
export function renderBody(
	body: MarkdownBody,
	lang: string,
	{ breaks, math, typography }: Site["markdown"],
): Body {
	const { markdown, links, html: htmlPieces } = body;
	const html = renderMarkdown(markdown, {
		...body,
		breaks,
		math,
		typography: typography ? lang : null,
		labels: stringsFor(lang),
	});
	return { html, markdown, links, htmlPieces };
}

import { omitDefaults } from "./omit-defaults.ts";

/** The text of a post or page as the build stores it. */
export type Body = {
	/** The text as the entry's own page shows it. */
	html: string;
	/** The text as its author wrote it. */
	markdown: string;
	/** Addresses that are served under another spelling, such as those of files, by the address as written. */
	links: Readonly<Record<string, string>>;
	/** Pieces of raw HTML with such addresses replaced, by the piece as written. */
	htmlPieces: Readonly<Record<string, string>>;
};

const defaults = { links: {}, htmlPieces: {} };

/** Serialises a body as a line of JSON, the HTML and the Markdown; serialised bodies can be concatenated. */
export function writeBody({ html, markdown, ...metadata }: Body): string {
	return `${JSON.stringify({ htmlLength: html.length, ...omitDefaults(metadata, defaults) })}\n${html}${markdown}`;
}

/** Reads what {@link writeBody} wrote. */
export function readBody(text: string): Body {
	const start = text.indexOf("\n") + 1;
	const { htmlLength, ...metadata } = JSON.parse(text.slice(0, start));
	const end = start + htmlLength;
	return { ...defaults, ...metadata, html: text.slice(start, end), markdown: text.slice(end) };
}

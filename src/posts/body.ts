import type { Manifest } from "./manifest.ts";
import { omitDefaults } from "./omit-defaults.ts";

/** The Markdown of a post or page, and the data needed only to render it. */
export type Body = {
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

const defaults = {
	contents: false,
	headingPhrases: [],
	links: {},
	html: {},
	images: {},
	emoji: {},
	formulas: {},
};

/** Serialises a body as one line of JSON followed by the Markdown; serialised bodies can be concatenated. */
export function writeBody({ markdown, ...metadata }: Body): string {
	return `${JSON.stringify(omitDefaults(metadata, defaults))}\n${markdown}`;
}

/** Reads what {@link writeBody} wrote. */
export function readBody(text: string): Body {
	const end = text.indexOf("\n");
	return { ...defaults, ...JSON.parse(text.slice(0, end)), markdown: text.slice(end + 1) };
}

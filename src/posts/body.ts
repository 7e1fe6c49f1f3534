import { leanOf } from "./lean.ts";
import type { Manifest } from "./manifest.ts";

/** What a post or page says, and what only rendering it asks for. */
export type Body = {
	markdown: string;
	/** Whether a table of contents comes first. */
	contents: boolean;
	/** The phrases of its headings in order, as the number of characters of each. */
	headingPhrases: readonly (readonly number[])[];
	/** Paths that its relative links lead to, by the address as written. */
	links: Readonly<Record<string, string>>;
	/** The pictures it shows. */
	images: Manifest["images"];
};

const usual = { contents: false, headingPhrases: [], links: {}, images: {} };

/** A body as one text, a line of JSON before the Markdown; bodies so written may be laid end to end. */
export function writeBody({ markdown, ...beside }: Body): string {
	return `${JSON.stringify(leanOf(beside, usual))}\n${markdown}`;
}

/** Reads what {@link writeBody} wrote. */
export function readBody(text: string): Body {
	const end = text.indexOf("\n");
	return { ...usual, ...JSON.parse(text.slice(0, end)), markdown: text.slice(end + 1) };
}

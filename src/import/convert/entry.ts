import type { SourceText } from "../record.ts";
import { escapeMarkdown } from "./escape.ts";

/** The Markdown of a text, and remarks on what could not become Markdown. */
export type Conversion = { markdown: string; remarks: readonly string[] };

/** Finds the new places of what texts refer to; null leaves an address as it is. */
export type NewAddresses = {
	link(address: string): string | null;
	image(address: string): string | null;
};

/** Converts the text of a post or page. */
export async function convertEntry(text: SourceText, _: NewAddresses): Promise<Conversion> {
	const body = text.text.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd").toWellFormed();
	return { markdown: text.format === "plain" ? escapeMarkdown(body) : body, remarks: [] };
}

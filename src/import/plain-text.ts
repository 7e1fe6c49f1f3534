import { decodeHTML } from "entities";

/** Returns the text of a piece of HTML on one line, without tags, comments and shortcodes. For titles and summaries. */
export function plainTextOf(html: string): string {
	const bare = html
		.replace(/<!--[\s\S]*?(?:-->|$)/g, " ")
		.replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, " ")
		.replace(/<[^>]*>/g, " ");
	return decodeHTML(bare)
		.normalize("NFC")
		.replace(/[\p{Cc}\s]+/gu, " ")
		.trim();
}

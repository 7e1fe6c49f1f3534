import { unspacedScripts } from "./cjk.ts";

/** Japanese and Chinese full stops, commas and closing brackets, which include their own space. */
const closing = "[、。，．」』）〉》】！？：；]";
const between = `(?<=${unspacedScripts.source})\\n(?=${unspacedScripts.source})|(?<=${closing})\\n`;
const inText = new RegExp(between, "gv");
const inHtml = new RegExp(
	`(${unspacedScripts.source}(?:<[^>]*>)*)\\n((?:<[^>]*>)*)(?=${unspacedScripts.source})|(${closing}(?:<[^>]*>)*)\\n`,
	"gv",
);

/**
 * Trims the lines of a paragraph's HTML and removes line ends between Chinese or Japanese characters, which a browser
 * would show as a space (CSS Text 4, segment break transformation). Hangul keeps its spaces.
 */
export function joinLines(html: string): string {
	const trimmed = html.replace(/^[ \t]+|[ \t\n]+$/g, "");
	if (!trimmed.includes("\n")) return trimmed;
	const lines = trimmed.replace(/(<[^>]*>)|[ \t]*\n[ \t]*/g, (_, tag?: string) => tag ?? "\n");
	return lines.replace(inHtml, (_, before = "", after = "", stop = "") => before + after + stop);
}

/** Joins lines like {@link joinLines}, for plain text. */
export function joinTextLines(text: string): string {
	return text.replace(inText, "");
}

import { spaceless } from "./cjk.ts";

/** A full stop, comma or closing bracket of Japanese or Chinese carries its own space, whatever comes next. */
const closing = "[、。，．」』）〉》】！？：；]";
const between = `(?<=${spaceless.source})\\n(?=${spaceless.source})|(?<=${closing})\\n`;
const inText = new RegExp(between, "gv");
const inHtml = new RegExp(
	`(${spaceless.source}(?:<[^>]*>)*)\\n((?:<[^>]*>)*)(?=${spaceless.source})|(${closing}(?:<[^>]*>)*)\\n`,
	"gv",
);

/**
 * Takes the spaces off the lines of a paragraph's HTML, and joins them where Chinese or Japanese stands on both sides of
 * the line end, which a browser would show as a space (CSS Text 4, segment break transformation). Hangul keeps its own.
 */
export function joinLines(html: string): string {
	const trimmed = html.replace(/^[ \t]+|[ \t\n]+$/g, "");
	if (!trimmed.includes("\n")) return trimmed;
	const lines = trimmed.replace(/(<[^>]*>)|[ \t]*\n[ \t]*/g, (_, tag?: string) => tag ?? "\n");
	return lines.replace(inHtml, (_, before = "", after = "", stop = "") => before + after + stop);
}

/** The same for plain text. */
export function joinTextLines(text: string): string {
	return text.replace(inText, "");
}

import { renderCommentMarkdown } from "../../comments/markdown.ts";
import { escapeHtml } from "../../posts/html.ts";
import { toXmlText } from "../../text/xml.ts";
import type { SourceText } from "../record.ts";
import { htmlToCommentMarkdown, visibleText } from "./comment-html.ts";
import { escapeCommentText } from "./escape.ts";

/** A comment's Markdown and the safe HTML it renders to. */
export type CommentText = { source: string; html: string };

/**
 * Converts the text of a comment to the Markdown that comments may have, and checks that it shows the same words; otherwise
 * the words alone are kept. Two hundred thousand comments must not take an hour, so plain ones skip parser and renderer.
 */
export function convertComment({ format, text }: SourceText): CommentText {
	const lines = toXmlText(text.replace(/\r\n?/g, "\n")).trim();
	const body = format === "markdown" ? lines : lines.replace(/[ \t]+$/gm, "");
	if (isBare.test(body)) return bareText(format === "html" ? body.replace(/[ \t]*\n[ \t]*/g, " ") : body);
	if (format === "markdown") return rendered(body);
	if (format === "plain") return checked(escapeCommentText(body), body);
	const html = format !== "html" ? body.replace(/\n/g, "<br>") : body;
	return checked(htmlToCommentMarkdown(html), visibleText(html));
}

/** Matches text that is neither HTML nor Markdown and has no address, whatever line it begins. */
const isBare =
	/^(?=[^\s\d])(?:(?!www\.)(?:[^\p{Cc}<>&\\`*_[\]~@:"'#=+\-.!|{}$^]|[.!,'"?](?=[\s\p{L}]|$))|\n(?![\n\s\d]|$))*$/iu;

/** Renders bare text as the renderer would. */
function bareText(source: string): CommentText {
	return { source, html: `<p>${source.split("\n").map(escapeHtml).join("<br>")}</p>` };
}

function rendered(source: string): CommentText {
	return { source, html: renderCommentMarkdown(source) };
}

function checked(source: string, words: string): CommentText {
	const result = rendered(source);
	if (isSame(visibleText(result.html), words)) return result;
	// Every sign escaped: addresses are not links then, but the words are right.
	return rendered(escapeAll(words));
}

/**
 * Makes a comment fit into `limit` characters of HTML and of Markdown: its words without links and emphasis, or else its
 * beginning. Returns it with the sentence for the report, or with null if it fits as it is.
 */
export function fitComment(text: CommentText, limit: number): CommentText & { reason: string | null } {
	const fits = ({ source, html }: CommentText) => source.length <= limit && html.length <= limit;
	if (fits(text)) return { ...text, reason: null };
	const lines = text.html.replace(/<br>\s*|<\/(?:p|li|pre|blockquote)>\s*/g, "\n");
	const bare = rendered(escapeAll(visibleText(lines).trim()));
	if (fits(bare)) {
		return {
			...bare,
			reason: "has more markup than a comment can have here; its words are kept without it.",
		};
	}
	const characters = [...text.source];
	const cut = (count: number) => rendered(`${characters.slice(0, count).join("")} […]`);
	let [low, high] = [0, characters.length];
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (fits(cut(middle))) low = middle;
		else high = middle;
	}
	return {
		...cut(low),
		reason: `has ${characters.length} characters, more than a comment can have here; it is cut after ${low} and ends with "[…]".`,
	};
}

function escapeAll(words: string): string {
	return words.replace(/[!-/:-@[-`{-~]/g, "\\$&");
}

function isSame(a: string, b: string): boolean {
	return a.replace(/\s+/g, "") === b.replace(/\s+/g, "");
}

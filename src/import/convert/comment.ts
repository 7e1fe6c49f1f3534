import { renderCommentMarkdown } from "../../comments/markdown.ts";
import { plainTextOf } from "../plain-text.ts";
import type { SourceText } from "../record.ts";
import { escapeMarkdown } from "./escape.ts";

/** A comment's Markdown and the safe HTML it renders to. */
export type CommentText = { source: string; html: string };

/** Converts the text of a comment to the Markdown that comments may have. */
export function convertComment({ format, text }: SourceText): CommentText {
	const body = text.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd").toWellFormed().trim();
	const source =
		format === "markdown"
			? body
			: escapeMarkdown(
					format === "plain"
						? body
						: body
								.replace(/\n?<br\s*\/?>\n?/gi, "\n")
								.replace(/<\/p>\s*(?:<p[^>]*>)?/gi, "\n\n")
								.split("\n")
								.map(plainTextOf)
								.join("\n"),
				).trim();
	return { source, html: renderCommentMarkdown(source) };
}

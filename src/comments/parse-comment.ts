import { isVisible } from "../text/visible.ts";
import { type Draft, type DraftErrors, parseDraft, type TypedComment } from "./draft.ts";
import { limits } from "./limits.ts";
import { renderComment } from "./render-comment.ts";

/**
 * Most characters of a comment's HTML, four times those of its text. Ten thousand characters of e-mail addresses or nested
 * quotations would make two hundred thousand, in every copy of the page and every feed.
 */
export const htmlLimit = 4 * limits.text;

/**
 * Validates a typed comment and renders it. Emptiness is judged by what readers would see: `>` and `[](https://a.example)`
 * are typed, but render to nothing.
 */
export async function parseComment(
	typed: TypedComment,
): Promise<{ draft: Draft; html: string } | { errors: DraftErrors }> {
	const parsed = parseDraft(typed);
	const errors = "errors" in parsed ? parsed.errors : {};
	if (errors.text !== undefined) return { errors };
	const html = await renderComment("draft" in parsed ? parsed.draft.text : typed.text);
	if (html.length > htmlLimit) return { errors: { ...errors, text: "too_much_markup" } };
	const { textOf } = await import("./markdown.ts");
	if (!isVisible(textOf(html))) return { errors: { ...errors, text: "invisible" } };
	return "draft" in parsed ? { draft: parsed.draft, html } : { errors };
}

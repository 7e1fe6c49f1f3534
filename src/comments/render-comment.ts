/** Renders a comment's Markdown to safe HTML. Loads the renderer on demand: readers get stored HTML. */
export async function renderComment(source: string): Promise<string> {
	const { renderCommentMarkdown } = await import("./markdown.ts");
	return renderCommentMarkdown(source);
}

/** A comment's Markdown as safe HTML, by what is loaded when somebody writes: readers get HTML that is stored. */
export async function renderedComment(source: string): Promise<string> {
	const { renderComment } = await import("./markdown.ts");
	return renderComment(source);
}

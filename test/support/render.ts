import { type MarkdownOptions, renderMarkdown } from "../../src/posts/markdown.ts";
import { en } from "../../src/web/strings/en.ts";

/** Renders as a post in English without pictures would be. */
export function render(markdown: string, options: Partial<MarkdownOptions> = {}): Promise<string> {
	const plain = { breaks: false, contents: false, headingPhrases: [], images: {}, links: {}, words: en };
	return renderMarkdown(markdown, { ...plain, ...options });
}

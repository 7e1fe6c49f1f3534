import { type MarkdownOptions, renderMarkdown } from "../../src/posts/markdown.ts";
import { en } from "../../src/web/ui/strings/en.ts";

/** Renders Markdown as an English post without images. */
export function render(markdown: string, options: Partial<MarkdownOptions> = {}): Promise<string> {
	const plain = {
		breaks: false,
		math: true,
		typography: null,
		emoji: {},
		contents: false,
		headingPhrases: [],
		images: {},
		links: {},
		html: {},
		labels: en,
	};
	return renderMarkdown(markdown, { ...plain, ...options });
}

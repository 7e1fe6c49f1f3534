import { renderFormulas } from "../../src/build/mathml.ts";
import { readMarkdown } from "../../src/posts/markdown/document.ts";
import { type MarkdownOptions, renderMarkdown } from "../../src/posts/markdown.ts";
import { en } from "../../src/web/ui/strings/en.ts";

/** Renders Markdown as an English post without images. */
export async function render(markdown: string, options: Partial<MarkdownOptions> = {}): Promise<string> {
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
	const settings = { ...plain, ...options };
	const { tokens } = readMarkdown(markdown, settings);
	return renderMarkdown(markdown, { formulas: renderFormulas(tokens), ...settings });
}

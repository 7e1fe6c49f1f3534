import type { Manifest } from "./manifest.ts";
import { elsewhere, opening } from "./markdown/elsewhere.ts";
import type { ProseWords } from "./markdown/words.ts";
import { renderMarkdown } from "./markdown.ts";
import { encodePath } from "./paths.ts";
import type { Page, Post } from "./post.ts";

/** What the posts and pages say, as HTML; `words` are in the language of the entry. */
export type Bodies = {
	/** The body for the entry's own page, rendered once per isolate. */
	html(entry: Post | Page, words: ProseWords): Promise<string>;
	/** The body, or as much of it as comes before `<!--more-->`, for pages and feeds that are not its own. */
	htmlElsewhere(entry: Post, words: ProseWords, part: "whole" | "opening"): Promise<string>;
};

/** Opens the bodies the build laid end to end. */
export function openBodies({ site, images }: Manifest, bodies: string): Bodies {
	// Text and not promises: a request must not wait for another's, which may be given up on its way.
	const rendered = new Map<string, string>();

	async function html(entry: Post | Page, words: ProseWords): Promise<string> {
		const known = rendered.get(entry.hash);
		if (known !== undefined) return known;
		const { body, headingPhrases, contents, links } = entry;
		const { breaks } = site.markdown;
		const markdown = bodies.slice(body.start, body.end);
		const options = { breaks, contents, headingPhrases, images, links, words };
		const made = await renderMarkdown(markdown, options);
		rendered.set(entry.hash, made);
		return made;
	}

	return {
		html,
		async htmlElsewhere(entry, words, part) {
			const own = await html(entry, words);
			return elsewhere(part === "opening" ? opening(own) : own, encodePath(entry.path));
		},
	};
}

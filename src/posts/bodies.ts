import { BlogError } from "../errors.ts";
import { readBody } from "./body.ts";
import { bounded } from "./bounded.ts";
import { elsewhere, opening } from "./markdown/elsewhere.ts";
import type { ProseWords } from "./markdown/words.ts";
import { encodePath } from "./paths.ts";
import type { Page, Post } from "./post.ts";
import type { Site } from "./site.ts";

/** What the posts and pages say, as HTML; `words` are in the language of the entry. */
export type Bodies = {
	/** The body for the entry's own page; rendered once per isolate, as long as there is room to keep it. */
	html(entry: Post | Page, words: BodyWords): Promise<string>;
	/** The body, or as much of it as comes before `<!--more-->`, for pages and feeds that are not its own. */
	htmlElsewhere(entry: Post, words: BodyWords, part: "whole" | "opening"): Promise<string>;
};

/** What the engine says in a body, and instead of one that cannot be read. */
export type BodyWords = ProseWords & { bodyUnavailable: string };

/** Reads one of the texts the build laid the bodies into, by its number; fails when it cannot be had just now. */
export type ReadText = (number: number) => Promise<string>;

/** In bytes, of which a character may take two. */
const room = 16 * 1024 * 1024;

/** Opens the bodies. One whose text cannot be read is a `BlogError`, so that no page is shown without it. */
export function openBodies({ markdown: { breaks } }: Site, readText: ReadText): Bodies {
	// Text and not promises: a request must not wait for another's, which may be given up on its way.
	const rendered = bounded<string>(room);

	async function html(entry: Post | Page, words: BodyWords): Promise<string> {
		const known = rendered.get(entry.id);
		if (known !== undefined) return known;
		const { text, start, end } = entry.body;
		const laid = await readText(text).catch((cause) => {
			throw new BlogError("unavailable", words.bodyUnavailable, { cause });
		});
		const { markdown, ...beside } = readBody(laid.slice(start, end));
		const { renderMarkdown } = await import("./markdown.ts");
		const made = await renderMarkdown(markdown, { breaks, ...beside, words });
		rendered.set(entry.id, made, made.length * 2);
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

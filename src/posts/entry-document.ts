import { encodePath } from "./paths.ts";
import type { Page, Post, Term } from "./post.ts";

/** Returns a post or page as a Markdown file: front matter of what its page shows too, and the text. `url` is the site's. */
export function writeEntryDocument(entry: Post | Page, markdown: string, url: string): string {
	const lines = Object.entries(frontMatterOf(entry, url)).flatMap(([key, value]) =>
		value === null || (Array.isArray(value) && value.length === 0) ? [] : `${key}: ${toYaml(value)}\n`,
	);
	return `---\n${lines.join("")}---\n\n${markdown.trim()}\n`;
}

/** Picks the fields by name: the file's own front matter may hold what is nobody else's business. */
function frontMatterOf(entry: Post | Page, url: string): Record<string, unknown> {
	const { title, path, canonical, id, lang, summary } = entry;
	const shared = { title, url: url + encodePath(path), canonical, id, lang, summary };
	if (!("published" in entry)) return shared;
	const namesOf = (terms: readonly Term[]) => terms.map(({ name }) => name);
	return {
		...shared,
		date: new Date(entry.published).toISOString(),
		updated: entry.updated === null ? null : new Date(entry.updated).toISOString(),
		authors: namesOf(entry.authors),
		categories: namesOf(entry.categories),
		tags: namesOf(entry.tags),
		series: entry.series?.name ?? null,
		image: entry.image && { src: new URL(entry.image.src, url).href, alt: entry.image.alt },
	};
}

/** Writes a value as JSON, which YAML reads (1.2, section 1.3), with escapes for the characters that only JSON may hold. */
function toYaml(value: unknown): string {
	return JSON.stringify(value).replace(
		/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}

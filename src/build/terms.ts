import { slugify } from "../posts/paths.ts";
import type { Post, Term } from "../posts/post.ts";
import type { BuiltEntry } from "./entries.ts";
import { compareText, type Problem } from "./problems.ts";
import { lineOf } from "./yaml.ts";

/** Converts names to terms without duplicates. */
export function toTerms(names: readonly string[]): Term[] {
	const terms = new Map<string, Term>();
	for (const name of names) {
		const slug = slugify(name);
		if (!terms.has(slug)) terms.set(slug, { name, slug });
	}
	return [...terms.values()];
}

/**
 * Gives every term the spelling of its oldest post (drafts last), so that a typo in a new post does not rename it for all
 * others. Warns about different names with the same slug.
 */
export function unifyTermNames<Fields>(posts: readonly BuiltEntry<Post, Fields>[]): {
	posts: BuiltEntry<Post, Fields>[];
	warnings: Problem[];
} {
	const oldestFirst = posts
		.map(({ entry }) => entry)
		.sort(
			(a, b) => Number(a.draft) - Number(b.draft) || a.published - b.published || compareText(a.id, b.id),
		);
	const names = { categories: new Map<string, string>(), tags: new Map<string, string>() };
	for (const post of oldestFirst) {
		for (const key of kinds) {
			for (const { name, slug } of post[key]) if (!names[key].has(slug)) names[key].set(slug, name);
		}
	}

	const warnings: Problem[] = [];
	const unified = posts.map(({ source, entry, body }) => {
		const [categories, tags] = kinds.map((key) =>
			entry[key].map((term) => {
				const name = names[key].get(term.slug) ?? term.name;
				if (!isSameName(name, term.name)) {
					const message = `${key}: "${term.name}" has the same address as "${name}", by which it is shown; use the same spelling or rename one of them.`;
					warnings.push({ file: source.file, line: lineOf(source.lines, [key]), message });
				}
				return { name, slug: term.slug };
			}),
		);
		return { source, body, entry: { ...entry, categories: categories ?? [], tags: tags ?? [] } };
	});
	return { posts: unified, warnings };
}

const kinds = ["categories", "tags"] as const;

function isSameName(a: string, b: string): boolean {
	return a.normalize("NFKC").toLowerCase() === b.normalize("NFKC").toLowerCase();
}

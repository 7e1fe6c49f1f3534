import { slugify } from "../posts/paths.ts";
import type { Post, Term } from "../posts/post.ts";
import type { Made } from "./entries.ts";
import { compareText, type Problem } from "./problems.ts";
import { lineOf } from "./yaml.ts";

/** The terms a post names, each once. */
export function termsOf(names: readonly string[]): Term[] {
	const terms = new Map<string, Term>();
	for (const name of names) {
		const slug = slugify(name);
		if (!terms.has(slug)) terms.set(slug, { name, slug });
	}
	return [...terms.values()];
}

/**
 * Spells every term as the oldest post does (drafts come last), so that a slip in a new post does not rename it for
 * all the others; names that share an address without being alike are warned about.
 */
export function agreeOnTerms<Fields>(posts: readonly Made<Post, Fields>[]): {
	posts: Made<Post, Fields>[];
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
	const agreed = posts.map(({ source, entry, body }) => {
		const [categories, tags] = kinds.map((key) =>
			entry[key].map((term) => {
				const name = names[key].get(term.slug) ?? term.name;
				if (!alike(name, term.name)) {
					const message = `${key}: "${term.name}" has the same address as "${name}" and is shown as it; write the one or rename the other.`;
					warnings.push({ file: source.file, line: lineOf(source.lines, [key]), message });
				}
				return { name, slug: term.slug };
			}),
		);
		return { source, body, entry: { ...entry, categories: categories ?? [], tags: tags ?? [] } };
	});
	return { posts: agreed, warnings };
}

const kinds = ["categories", "tags"] as const;

function alike(a: string, b: string): boolean {
	return a.normalize("NFKC").toLowerCase() === b.normalize("NFKC").toLowerCase();
}

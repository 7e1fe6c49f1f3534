import * as v from "valibot";
import { foldCase, slugifyTerm } from "../posts/paths.ts";
import type { Post, Term } from "../posts/post.ts";
import { closestMatch } from "./did-you-mean.ts";
import type { BuiltEntry } from "./entries.ts";
import { describeType, parsedText, record, text } from "./fields.ts";
import { compareText, type FieldError, type Problem } from "./problems.ts";
import { parseName, parseSlug } from "./slugs.ts";
import { lineOf } from "./yaml.ts";

/** Schema of `terms` in `site.yaml`: slugs and descriptions by name. */
export const termFields = v.record(
	parsedText(parseName),
	record(
		{ slug: v.optional(parsedText(parseSlug)), description: v.optional(text) },
		{ slug: "slug: c-sharp" },
	),
	({ input }) =>
		`must be a map of names, not ${describeType(input)}; add a line such as C#: and, indented below it, slug: c-sharp.`,
);

/** The terms of `site.yaml` by the folded form of their names, with slugs for all. */
export type KnownTerms = ReadonlyMap<string, Term & { description: string | null }>;

/** Reads the terms of `site.yaml`. */
export function toKnownTerms(fields: v.InferOutput<typeof termFields>): KnownTerms {
	return new Map(
		Object.entries(fields).map(([name, { slug, description = null }]) => [
			foldCase(name),
			{ name, slug: slug === undefined ? slugifyTerm(name) : foldCase(slug), description },
		]),
	);
}

/** Returns the descriptions of terms by slug. */
export function termDescriptions(terms: KnownTerms): Record<string, string> {
	return Object.fromEntries(
		Array.from(terms.values()).flatMap(({ slug, description }) =>
			description === null ? [] : [[slug, description]],
		),
	);
}

/** Converts a name to a term with its slug: the one given in `site.yaml`, or one made of the name. */
export function toTerm(name: string, terms: KnownTerms): Term {
	const made = termsByName.get(terms) ?? new Map<string, Term>();
	termsByName.set(terms, made);
	const known = made.get(name);
	if (known !== undefined) return known;
	const term = { name, slug: terms.get(foldCase(name))?.slug ?? slugifyTerm(name) };
	made.set(name, term);
	return term;
}

/** Caches terms by the names of a build, since most posts share theirs. */
const termsByName = new WeakMap<KnownTerms, Map<string, Term>>();

/**
 * Gives every term the spelling of `site.yaml`, otherwise of its oldest post (drafts last), so that a typo in a new post
 * does not rename it for all others. Warns about different names with the same slug.
 */
export function unifyTermNames<Fields>(
	posts: readonly BuiltEntry<Post, Fields>[],
	known: KnownTerms,
): { posts: BuiltEntry<Post, Fields>[]; warnings: Problem[] } {
	const oldestFirst = posts
		.map(({ entry }) => entry)
		.sort(
			(a, b) => Number(a.draft) - Number(b.draft) || a.published - b.published || compareText(a.id, b.id),
		);
	const given = Array.from(known.values(), ({ slug, name }): [string, string] => [slug, name]).reverse();
	const names = Object.fromEntries(kinds.map((kind) => [kind, new Map(given)])) as Record<
		Kind,
		Map<string, string>
	>;
	for (const post of oldestFirst) {
		for (const kind of kinds) {
			for (const { name, slug } of termsOf[kind](post))
				if (!names[kind].has(slug)) names[kind].set(slug, name);
		}
	}

	const warnings: Problem[] = [];
	const unified = posts.map(({ source, entry, body }) => {
		const unify = (kind: Kind): Term[] => {
			const terms = new Map<string, Term>();
			for (const { name: written, slug } of termsOf[kind](entry)) {
				const name = names[kind].get(slug) ?? written;
				terms.set(slug, { name, slug });
				if (isSameName(name, written) || known.has(foldCase(written))) continue;
				const key = source.lines.has(kind) ? kind : "author";
				const message = `${key}: "${written}" has the same address as "${name}", by which it is shown; use the same spelling, or give it a slug of its own under terms in site.yaml.`;
				warnings.push({ file: source.file, line: lineOf(source.lines, [key]), message });
			}
			return [...terms.values()];
		};
		const [authors, categories, tags, [series = null]] = [
			unify("authors"),
			unify("categories"),
			unify("tags"),
			unify("series"),
		];
		return { source, body, entry: { ...entry, authors, categories, tags, series } };
	});
	return { posts: unified, warnings };
}

/** Reports terms of `site.yaml` that no post has, usually because of a different spelling. */
export function findUnknownTerms(
	known: KnownTerms,
	posts: readonly BuiltEntry<Post, unknown>[],
	lines: ReadonlyMap<string, number>,
): FieldError[] {
	const used = posts.flatMap(({ entry }) => kinds.flatMap((kind) => termsOf[kind](entry)));
	const slugs = new Set(used.map(({ slug }) => slug));
	return [...known.values()].flatMap(({ name, slug }) => {
		if (slugs.has(slug)) return [];
		const match = closestMatch(name, new Set(used.map((term) => term.name)));
		const fix = match === null ? "write the name as in the posts." : `did you mean "${match}"?`;
		const message = `terms.${name}: no post has a category, tag, series or author of this name; ${fix}`;
		return [{ line: lineOf(lines, ["terms", name]), message }];
	});
}

type Kind = "authors" | "categories" | "tags" | "series";

type Terms = Pick<Post, Kind>;

const termsOf: Readonly<Record<Kind, (post: Terms) => readonly Term[]>> = {
	authors: (post) => post.authors,
	categories: (post) => post.categories,
	tags: (post) => post.tags,
	series: ({ series }) => (series === null ? [] : [series]),
};

const kinds = Object.keys(termsOf) as Kind[];

/** Whether two names differ in case and width only. */
function isSameName(a: string, b: string): boolean {
	return foldWidth(a) === foldWidth(b);
}

function foldWidth(name: string): string {
	const narrow = name.replace(/[\u3000\uFF01-\uFFEE]+/g, (wide) => wide.normalize("NFKC"));
	return narrow.normalize("NFC").toLowerCase();
}

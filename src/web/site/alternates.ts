import type { Archive } from "../../posts/archive.ts";
import type { Page, Post } from "../../posts/post.ts";
import type { Alternate } from "../ui/layout.tsx";
import { homePath, languagePath } from "../ui/links.ts";

/** Returns an entry's language versions, itself included, as search engines require; empty if there is only one. */
export function alternatesOf(archive: Archive, entry: Post | Page, now: number): Alternate[] {
	if (entry.translation === null) return [];
	const all = archive.translations(entry, now);
	const first = all.find(({ lang }) => lang === archive.site.language) ?? all[0];
	if (first === undefined || all.length < 2) return [];
	return [
		...all.map(({ lang, path }) => ({ hreflang: lang, path })),
		{ hreflang: "x-default", path: first.path },
	];
}

/** Returns the post list of each language; empty if the blog has only one. */
export function languageAlternates(archive: Archive, now: number): Alternate[] {
	const languages = archive.languages(now);
	if (languages.length < 2) return [];
	return [
		...languages.map((lang) => ({ hreflang: lang, path: languagePath(lang) })),
		{ hreflang: "x-default", path: homePath() },
	];
}

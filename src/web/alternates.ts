import type { Archive } from "../posts/archive.ts";
import type { Post } from "../posts/post.ts";
import { homePath, languagePath } from "./views/links.ts";

/** The same page in a language (a BCP 47 tag), or `x-default` for whoever reads none of them. */
export type Alternate = { hreflang: string; path: string };

/** A post in every language it is written in, itself included, as search engines want it; empty when in one only. */
export function alternatesOf(archive: Archive, post: Post, now: number): Alternate[] {
	if (post.translation === null) return [];
	const all = archive.translations(post, now);
	const first = all.find(({ lang }) => lang === archive.site.language) ?? all[0];
	if (first === undefined || all.length < 2) return [];
	return [
		...all.map(({ lang, path }) => ({ hreflang: lang, path })),
		{ hreflang: "x-default", path: first.path },
	];
}

/** The lists of posts by language; empty when the blog is written in one only. */
export function languageAlternates(archive: Archive, now: number): Alternate[] {
	const languages = archive.languages(now);
	if (languages.length < 2) return [];
	return [
		...languages.map((lang) => ({ hreflang: lang, path: languagePath(lang) })),
		{ hreflang: "x-default", path: homePath() },
	];
}

import { encodePath } from "../posts/paths.ts";
import { toAliasKeys } from "./aliases.ts";
import { headingPhraseLengths, splitTitle } from "./break-points.ts";
import { makeExcerpt } from "./excerpt.ts";
import { findFile } from "./file-addresses.ts";
import type { Media } from "./media.ts";
import type { MarkdownBody } from "./render-body.ts";
import type { Source } from "./sources.ts";

/** Validated front matter common to posts and pages. */
type CommonFields = {
	title: string;
	summary?: string | undefined;
	toc?: boolean | undefined;
	aliases?: string[] | undefined;
	wordpress_id?: number | undefined;
	canonical?: string | undefined;
	unlisted?: boolean | undefined;
};

/** Returns the index fields that are computed the same way for posts and pages. */
export function sharedFields(
	source: Source<unknown>,
	{ title, summary, toc: contents = false, aliases = [], wordpress_id, canonical, unlisted }: CommonFields,
	location: { path: string; slug: string; lang: string },
	media: Pick<Media, "files" | "images">,
) {
	const { lang, path } = location;
	return {
		...location,
		title,
		summary: summary ?? phrasesOf(source, lang).excerpt,
		phrases: titlePhrases(source, title, lang),
		rich: source.rich || contents,
		aliases: toAliasKeys(aliases, path),
		wordpressId: wordpress_id ?? null,
		canonical: canonical ?? null,
		shownImages: imagesOf(source, media),
		unlisted: unlisted ?? false,
	};
}

/** Returns the addresses of the images that a body shows, each once; those of other sites are left out. */
function imagesOf(source: Source<unknown>, { files, images }: Pick<Media, "files" | "images">): string[] {
	const shown = source.references.flatMap(({ kind, href }) => {
		const path = kind === "image" ? findFile(href, source.folder, files)?.path : undefined;
		return path === undefined || images[path] === undefined ? [] : [encodePath(path)];
	});
	return [...new Set(shown)];
}

/** Returns the body of an entry; its links are resolved once all entries are known. */
export function toBody(
	source: Source<unknown>,
	{ toc: contents = false }: Pick<CommonFields, "toc">,
	lang: string,
	{ files, images }: Pick<Media, "files" | "images">,
): MarkdownBody {
	const entries = source.references.flatMap(({ href }) => {
		const path = findFile(href, source.folder, files)?.path;
		const image = path === undefined ? undefined : images[path];
		return path === undefined || image === undefined ? [] : [[path, image] as const];
	});
	return {
		markdown: source.body,
		contents,
		headingPhrases: phrasesOf(source, lang).headings,
		links: {},
		html: {},
		emoji: source.emoji,
		formulas: source.formulas,
		images: Object.fromEntries(entries),
	};
}

/** Returns the phrases of a title, cached by its source. */
function titlePhrases(source: Source<unknown>, title: string, lang: string): readonly string[] {
	const known = titles.get(source);
	if (known?.title === title && known.lang === lang) return known.phrases;
	const phrases = splitTitle(title, lang);
	titles.set(source, { title, lang, phrases });
	return phrases;
}

const titles = new WeakMap<Source<unknown>, { title: string; lang: string; phrases: readonly string[] }>();

type Phrases = { lang: string; excerpt: string; headings: number[][] };

const cache = new WeakMap<Source<unknown>, Phrases>();

/** Returns the excerpt and heading phrases of a source, cached because computing them dominates an incremental build. */
function phrasesOf(source: Source<unknown>, lang: string): Phrases {
	const known = cache.get(source);
	if (known?.lang === lang) return known;
	const { opening, headings } = source;
	const result = {
		lang,
		excerpt: makeExcerpt(opening, lang),
		headings: headingPhraseLengths(headings, lang),
	};
	cache.set(source, result);
	return result;
}

import type { Body } from "../posts/body.ts";
import { aliasKeys } from "./aliases.ts";
import { excerptOf } from "./excerpt.ts";
import type { Media } from "./media.ts";
import { headingPhrases, titlePhrases } from "./phrases.ts";
import { mediaPathOf } from "./references.ts";
import type { Source } from "./sources.ts";

/** What posts and pages write alike, as checked. */
type Written = {
	title: string;
	summary?: string | undefined;
	toc?: boolean | undefined;
	aliases?: string[] | undefined;
	wordpress_id?: number | undefined;
};

/** The part of an index entry that is made the same way for a post and for a page. */
export function sharedFields(
	source: Source<unknown>,
	{ title, summary, toc: contents = false, aliases = [], wordpress_id }: Written,
	place: { path: string; slug: string; lang: string },
) {
	const { lang, path } = place;
	return {
		...place,
		title,
		summary: summary ?? wordingOf(source, lang).excerpt,
		phrases: titlePhrases(title, lang),
		rich: source.rich || contents,
		aliases: aliasKeys(aliases, path),
		wordpressId: wordpress_id ?? null,
	};
}

/** What is laid with an entry's text; its links are resolved when every entry is known. */
export function bodyOf(
	source: Source<unknown>,
	{ toc: contents = false }: Pick<Written, "toc">,
	lang: string,
	{ images }: Pick<Media, "images">,
): Body {
	const paths = source.references.map(({ href }) => mediaPathOf(href));
	const shown = paths.flatMap((path) => {
		const picture = path === null ? undefined : images[path];
		return path === null || picture === undefined ? [] : [[path, picture] as const];
	});
	return {
		markdown: source.body,
		contents,
		headingPhrases: wordingOf(source, lang).headings,
		links: {},
		images: Object.fromEntries(shown),
	};
}

type Wording = { lang: string; excerpt: string; headings: number[][] };

const found = new WeakMap<Source<unknown>, Wording>();

/** Where one file of ten thousand has changed, finding the phrases of the others again would be most of the work. */
function wordingOf(source: Source<unknown>, lang: string): Wording {
	const known = found.get(source);
	if (known?.lang === lang) return known;
	const { opening, headings } = source;
	const wording = { lang, excerpt: excerptOf(opening, lang), headings: headingPhrases(headings, lang) };
	found.set(source, wording);
	return wording;
}

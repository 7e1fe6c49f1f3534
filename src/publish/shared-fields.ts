import type { Site } from "../posts/site.ts";
import { aliasKeys } from "./aliases.ts";
import { hashOf } from "./entries.ts";
import { excerptOf } from "./excerpt.ts";
import type { Media } from "./media.ts";
import { headingPhrases, titlePhrases } from "./phrases.ts";
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
	site: Site,
	media: Media,
) {
	const { lang, path } = place;
	return {
		...place,
		title,
		summary: summary ?? excerptOf(source.opening, lang),
		phrases: titlePhrases(title, lang),
		headingPhrases: headingPhrases(source.headings, lang),
		rich: source.rich || contents,
		contents,
		links: {},
		hash: hashOf(source, lang, contents, site, media),
		aliases: aliasKeys(aliases, path),
		wordpressId: wordpress_id ?? null,
	};
}

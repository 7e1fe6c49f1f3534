import { stringify } from "yaml";
import { detectLanguage } from "../comments/language.ts";
import { slugify } from "../posts/paths.ts";
import type { Site } from "../posts/site.ts";

/** The options of a new post or page. */
export type NewEntry = { title: string; page: boolean; draft: boolean; lang: string | null };

/**
 * Returns the path, relative to the content folder, and the text of a new file. For a title in Japanese or Korean on a
 * site in another language, `lang` is set automatically. `today` is `YYYY-MM-DD` in the site's time zone.
 */
export function newEntry(
	{ title, page, draft, lang }: NewEntry,
	site: Pick<Site, "language">,
	today: string,
): { ok: true; path: string; text: string } | { ok: false; message: string } {
	const slug = slugify(title);
	if (slug === "") {
		return {
			ok: false,
			message: `"${title}" has no letters or digits for a file name; choose another title.`,
		};
	}
	const detected = detectLanguage(title);
	const language = lang ?? (detected === "ja" || detected === "ko" ? detected : site.language);
	const keys = {
		title: title.trim(),
		...(page ? {} : { date: today }),
		...(isSame(language, site.language) ? {} : { lang: language }),
		...(draft && !page ? { draft: true } : {}),
	};
	return {
		ok: true,
		path: page ? `pages/${slug}.md` : `posts/${today.slice(0, 4)}/${today}-${slug}.md`,
		text: `---\n${stringify(keys, { lineWidth: 0 })}---\n\n`,
	};
}

/** Whether two tags are the same language: `ja-JP` is `ja`. */
function isSame(a: string, b: string): boolean {
	return a === b || new Intl.Locale(b).language === a;
}

import { stringify } from "yaml";
import { languageOf } from "../comments/language.ts";
import { slugify } from "../posts/paths.ts";
import type { Site } from "../posts/site.ts";

/** What is asked for: a post, or a standing page. */
export type NewEntry = { title: string; page: boolean; draft: boolean; lang: string | null };

/**
 * A file to begin writing in: its path below the content folder and its text. A title in Japanese or Korean on a site in
 * another language says so without being told. `today` is `YYYY-MM-DD` in the site's time zone.
 */
export function newEntry(
	{ title, page, draft, lang }: NewEntry,
	site: Pick<Site, "language">,
	today: string,
): { ok: true; path: string; text: string } | { ok: false; says: string } {
	const slug = slugify(title);
	if (slug === "") {
		return { ok: false, says: `"${title}" has no letter or digit to name a file by; write another title.` };
	}
	const guessed = languageOf(title);
	const spoken = lang ?? (guessed === "ja" || guessed === "ko" ? guessed : site.language);
	const keys = {
		title: title.trim(),
		...(page ? {} : { date: today }),
		...(isSame(spoken, site.language) ? {} : { lang: spoken }),
		...(draft && !page ? { draft: true } : {}),
	};
	return {
		ok: true,
		path: page ? `pages/${slug}.md` : `posts/${today.slice(0, 4)}/${today}-${slug}.md`,
		text: `---\n${stringify(keys, { lineWidth: 0 })}---\n\n`,
	};
}

/** `ja-JP` is Japanese as well. */
function isSame(a: string, b: string): boolean {
	return a === b || new Intl.Locale(b).language === a;
}

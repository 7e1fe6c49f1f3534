import { stringify } from "yaml";
import { detectLanguage } from "../comments/language.ts";
import { cutToBytes, slugify } from "../posts/paths.ts";
import type { Site } from "../posts/site.ts";

/** The options of a new post or page. */
export type NewEntry = { title: string; page: boolean; draft: boolean; lang: string | null };

/**
 * Returns the path, relative to the content folder, and the text of a new file. For a title in Japanese or Korean on a
 * site in another language, `lang` is set automatically. `today` is `YYYY-MM-DD` in the site's time zone. The id is written down, so that a renamed file
 * keeps its comments; `isTaken` tells whether another file has it.
 */
export function newEntry(
	{ title, page, draft, lang }: NewEntry,
	site: Pick<Site, "language">,
	today: string,
	isTaken: (id: string) => boolean = () => false,
): { ok: true; path: string; text: string } | { ok: false; message: string } {
	const slug = cutToBytes(slugify(title), maxBytes).replace(/[-.]+$/, "");
	if (slug === "") {
		return {
			ok: false,
			message: `"${title}" has no letters or digits for a file name; choose another title.`,
		};
	}
	const detected = detectLanguage(title);
	const language = lang ?? (detected === "ja" || detected === "ko" ? detected : site.language);
	const name = page ? `pages/${slug}` : `${today.slice(0, 4)}/${today}-${slug}`;
	const keys = {
		title: title.trim(),
		...(page ? {} : { date: today }),
		id: firstFree(name, isTaken),
		...(isSame(language, site.language) ? {} : { lang: language }),
		...(draft && !page ? { draft: true } : {}),
	};
	return {
		ok: true,
		path: page ? `${name}.md` : `posts/${name}.md`,
		text: `---\n${stringify(keys, { lineWidth: 0 })}---\n\n`,
	};
}

/** Bytes of a slug: file systems allow 255 for a file name, and some that encrypt names only 143. */
const maxBytes = 120;

function firstFree(id: string, isTaken: (id: string) => boolean): string {
	let free = id;
	for (let number = 2; isTaken(free); number++) free = `${id}-${number}`;
	return free;
}

/** Whether two tags are the same language: `ja-JP` is `ja`. */
function isSame(a: string, b: string): boolean {
	return a === b || new Intl.Locale(b).language === a;
}

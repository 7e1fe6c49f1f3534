import { accepts } from "hono/accepts";
import type { AppContext } from "./context.ts";

/**
 * Picks the language of a private page: the one its visitor prefers in `Accept-Language` (RFC 9110), whatever the region,
 * else the site's, else English. Shared pages use the language of their content, since they are the same for everyone.
 */
export function preferredLanguage(c: AppContext, languages: readonly string[]): string {
	const site = primaryTag(c.var.services.archive.site.language);
	return accepts(c, {
		header: "Accept-Language",
		supports: [...languages],
		default: languages.includes(site) ? site : "en",
		match: (ranges, { supports, default: fallback }) =>
			ranges
				.filter(({ q }) => q > 0)
				.map(({ type }) => primaryTag(type))
				.find((language) => supports.includes(language)) ?? fallback,
	});
}

const primaryTag = (tag: string) => tag.toLowerCase().split("-")[0] ?? "";

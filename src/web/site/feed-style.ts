import { cache } from "../http/caching.ts";
import type { AppContext } from "../http/context.ts";
import { interfaceLanguages, stringsFor } from "../ui/strings/strings.ts";

/** Address of the style sheet of feeds. */
export const feedStylePath = "/feed.css";

/** Responds with the style sheet by which a feed opened in a browser says what it is and looks like the blog. */
export function respondWithFeedStyle(c: AppContext): Response {
	const { theme, feed } = c.var.services.archive.manifest;
	const notices = ["", ...interfaceLanguages.map((lang) => `:lang(${lang})`)].map((selector, at) => {
		const { feedNotice } = stringsFor(interfaceLanguages[at - 1] ?? "");
		return `:is(feed,channel)${selector}::before{content:${JSON.stringify(feedNotice)}}`;
	});
	cache(c, "asset");
	return c.body(`${theme.css}${feed.css}${notices.join("")}\n`, 200, {
		"Content-Type": "text/css; charset=utf-8",
	});
}

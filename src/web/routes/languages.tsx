import type { Next } from "hono";
import { Hono } from "hono";
import type { AppContext, AppEnv } from "../context.ts";
import { showFeed } from "../show-feed.ts";
import { languageName } from "../strings/language-names.ts";
import { fill, stringsFor } from "../strings/strings.ts";
import { feedPathOf, languagePath } from "../views/links.ts";
import { showList } from "./show-list.tsx";

/** The posts in one language, in that language: `/ja/`, `/ja/page/2/`, `/ja/feed.xml`. */
export const languages = new Hono<AppEnv>();

const tag = ":lang{[a-z]{2,3}(?:-[a-z0-9]+)*}";

languages.get(`/${tag}/`, (c, next) => show(c, next, 1));
languages.get(`/${tag}/page/:number{[0-9]+}/`, (c, next) => show(c, next, Number(c.req.param("number"))));

languages.get(`/${tag}/feed.xml`, (c, next) => {
	const { archive, now } = c.var.services;
	const known = archive.inLanguage(c.req.param("lang"), now());
	if (known === null) return next();
	const { lang, posts } = known;
	return showFeed(c, {
		title: `${archive.site.title} — ${languageName(lang)}`,
		posts,
		path: languagePath(lang),
		feedPath: feedPathOf(languagePath(lang)),
		lang,
	});
});

/** A path of two letters may be a page's: what is no language of the blog is left to the routes below. */
function show(c: AppContext, next: Next, number: number) {
	const { archive, now } = c.var.services;
	const known = archive.inLanguage(c.req.param("lang") ?? "", now());
	if (known === null) return next();
	const { lang, posts } = known;
	return showList(c, {
		heading: fill(stringsFor(lang).postsInLanguage, { name: languageName(lang) }),
		posts,
		number,
		pathOf: (page) => languagePath(lang, page),
		lang,
	});
}

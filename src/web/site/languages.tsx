import type { Next } from "hono";
import { Hono } from "hono";
import { feedExtensions } from "../../posts/locations.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { redirectToKnownQuery } from "../http/known-query.ts";
import { feedPathOf, languagePath } from "../ui/links.ts";
import { languageName } from "../ui/strings/language-names.ts";
import { fill, stringsFor } from "../ui/strings/strings.ts";
import { documentQuery } from "./feed-response.ts";
import { respondWithList } from "./list-response.tsx";

/** Routes of the posts in one language, with the interface in it: `/ja/`, `/ja/page/2/`, `/ja/feed.xml`. */
export const languages = new Hono<AppEnv>();

const tag = ":lang{[a-z]{2,3}(?:-[a-z0-9]+)*}";

languages.get(`/${tag}/`, (c, next) => respond(c, next, 1));
languages.get(`/${tag}/page/:number{[0-9]+}/`, (c, next) => respond(c, next, Number(c.req.param("number"))));

for (const extension of feedExtensions) {
	languages.get(feedPathOf(`/${tag}/`, extension), async (c, next) => {
		const { archive, clock } = c.var.services;
		const known = archive.inLanguage(c.req.param("lang") ?? "", clock.now());
		if (known === null) return next();
		const redirect = redirectToKnownQuery(c, documentQuery(new URL(c.req.url).searchParams));
		if (redirect !== null) return redirect;
		const { lang, posts } = known;
		const title = `${archive.site.title} — ${languageName(lang)}`;
		const { respondWithPostFeed } = await import("./post-feed.ts");
		return respondWithPostFeed(c, extension, { title, posts, path: languagePath(lang), lang });
	});
}

/** Responds with a language's posts. Passes any other path on: a page may have a path of two letters. */
function respond(c: AppContext, next: Next, number: number) {
	const { archive, clock } = c.var.services;
	const known = archive.inLanguage(c.req.param("lang") ?? "", clock.now());
	if (known === null) return next();
	const { lang, posts } = known;
	const redirect = redirectToKnownQuery(c);
	if (redirect !== null) return redirect;
	return respondWithList(c, {
		heading: fill(stringsFor(lang).postsInLanguage, { name: languageName(lang) }),
		posts: archive.pinnedFirst(posts),
		number,
		pathOf: (page) => languagePath(lang, page),
		lang,
	});
}

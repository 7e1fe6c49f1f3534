import { Hono } from "hono";
import { apiPath } from "../../posts/locations.ts";
import type { AppEnv } from "../http/context.ts";
import { readParameters, redirectToOwnAddress, respondWithData } from "./respond.ts";

/** Route of what the API begins with: the blog, and the addresses of the rest. */
export const blog = new Hono<AppEnv>();

blog.get(apiPath, (c) => {
	readParameters(c, []);
	const redirect = redirectToOwnAddress(c, apiPath);
	if (redirect !== null) return redirect;
	const { archive, clock } = c.var.services;
	const { title, tagline, url, language, timezone } = archive.site;
	const below = (name: string) => `${url}${apiPath}/${name}`;
	return respondWithData(c, {
		title,
		tagline,
		url: `${url}/`,
		language,
		languages: archive.languages(clock.now()),
		timezone,
		description_url: below("openapi.json"),
		posts_url: below("posts"),
		pages_url: below("pages"),
		counts_url: below("counts"),
		search_url: below("search"),
		categories_url: below("categories"),
		tags_url: below("tags"),
		authors_url: below("authors"),
		series_url: below("series"),
	});
});

import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { apiPath, cleanSearch } from "../../posts/locations.ts";
import { maxQuery } from "../../search/query.ts";
import type { AppEnv } from "../http/context.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { pageResource, postResource } from "./resources.ts";
import { queryOf, readParameters, redirectToOwnAddress, respondWithData } from "./respond.ts";

/** Route of the search among posts and pages. */
export const search = new Hono<AppEnv>();

search.get(`${apiPath}/search`, async (c) => {
	const { q = "", language, page = "1" } = readParameters(c, ["q", "language", "page"]);
	const query = cleanSearch(q);
	const length = Array.from(query).length;
	if (length === 0 || length > maxQuery)
		throw new BlogError("invalid", `"q" has ${length} characters; give it 1 to ${maxQuery}.`);
	if (!/^[1-9]\d{0,2}$/.test(page))
		throw new BlogError("invalid", `"page" is "${page}"; give a number from 1 on.`);
	const { archive, clock, search: open } = c.var.services;
	const now = clock.now();
	const lang = language === undefined ? null : (archive.inLanguage(language, now)?.lang ?? null);
	if (language !== undefined && lang === null)
		throw new BlogError("not_found", `No post is in the language "${language}".`);
	const path = `${apiPath}/search`;
	const own = (number: string) =>
		[
			["q", query],
			["language", lang ?? undefined],
			["page", number === "1" ? undefined : number],
		] as const;
	const redirect = redirectToOwnAddress(c, path, own(page));
	if (redirect !== null) return redirect;
	const filters = { lang, category: null, year: null };
	const found = await open()
		.then((opened) => opened.search(query, filters, Number(page), now))
		.catch((cause) => {
			throw new BlogError("unavailable", stringsFor("en").searchUnavailable, { cause });
		});
	if (Number(page) > Math.max(1, found.pages))
		throw new BlogError("not_found", `There are ${found.pages} pages of results.`);
	const { url } = archive.site;
	return respondWithData(c, {
		results: found.results.map(({ entry, excerpt }) => ({
			entry: "published" in entry ? postResource(entry, url) : pageResource(entry, url),
			excerpt: excerpt.map(({ text }) => text).join(""),
		})),
		count: found.total,
		next: Number(page) < found.pages ? url + path + queryOf(own(String(Number(page) + 1))) : null,
	});
});

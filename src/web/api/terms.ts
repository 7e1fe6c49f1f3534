import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { apiPath, type Listing } from "../../posts/locations.ts";
import { ownValue } from "../../posts/own-value.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { termResource } from "./resources.ts";
import { queryOf, readParameters, redirectToOwnAddress, respondWithData } from "./respond.ts";

/** Routes of the categories, tags, authors and series that have posts. */
export const terms = new Hono<AppEnv>();

/** Terms in one answer. */
const termsPerAnswer = 100;

const kinds = {
	categories: "category",
	tags: "tag",
	authors: "author",
	series: "series",
} as const satisfies Record<string, Listing>;

for (const [name, by] of Object.entries(kinds)) {
	terms.get(`${apiPath}/${name}`, (c) => listTerms(c, name, by));
}

function listTerms(c: AppContext, name: string, by: Listing): Response {
	const { after } = readParameters(c, ["after"]);
	const { archive, clock } = c.var.services;
	const all = archive.allGroups(by).flatMap((group) => {
		const posts = group.published(clock.now()).length;
		return posts === 0 ? [] : [{ name: group.name, slug: group.slug, posts }];
	});
	const start = after === undefined ? 0 : all.findIndex(({ slug }) => slug === after) + 1;
	if (start === 0 && after !== undefined)
		throw new BlogError(
			"not_found",
			`No entry of this list has the slug "${after}"; begin again without "after".`,
		);
	const path = `${apiPath}/${name}`;
	const redirect = redirectToOwnAddress(c, path, [["after", after]]);
	if (redirect !== null) return redirect;
	const { url } = archive.site;
	const shown = all.slice(start, start + termsPerAnswer);
	const last = start + shown.length < all.length ? shown.at(-1) : undefined;
	const descriptionOf = (slug: string) =>
		(by === "author" ? ownValue(archive.site.authors, slug)?.bio : ownValue(archive.site.terms, slug)) ??
		null;
	return respondWithData(c, {
		[name]: shown.map((term) => ({
			...termResource(by, term, url),
			description: descriptionOf(term.slug),
			posts: term.posts,
		})),
		next: last === undefined ? null : url + path + queryOf([["after", last.slug]]),
	});
}

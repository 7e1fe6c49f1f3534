import { Hono } from "hono";
import { formatMonth, formatYear } from "../../posts/dates.ts";
import { feedExtensions, type Listing } from "../../posts/locations.ts";
import { ownValue } from "../../posts/own-value.ts";
import type { Post } from "../../posts/post.ts";
import { cache } from "../http/caching.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";
import { feedPathOf, listingPath, monthPath, yearPath } from "../ui/links.ts";
import { fill, type Strings, stringsFor } from "../ui/strings/strings.ts";
import { ArchivePage } from "./archive-page.tsx";
import { AuthorProfile } from "./author-profile.tsx";
import { numberedPages } from "./feed-response.ts";
import { respondWithList } from "./list-response.tsx";
import { SeriesPage } from "./series-page.tsx";

/** Routes of posts grouped by category, tag, author, series, year or month. */
export const listings = new Hono<AppEnv>();

const headings = {
	category: "postsInCategory",
	tag: "postsTagged",
	author: "postsBy",
} as const satisfies Record<string, keyof Strings>;

for (const by of ["category", "tag", "author"] as const) {
	const headingFor = (c: AppContext, name: string) =>
		fill(stringsFor(c.var.services.archive.site.language)[headings[by]], { name });
	const show = (c: AppContext, slug: string, number: number) => {
		const { archive, clock } = c.var.services;
		const group = archive.listing(by, slug, clock.now());
		if (group === null) return c.notFound();
		const { authors, terms } = archive.site;
		const profile = by === "author" && number === 1 ? ownValue(authors, group.slug) : undefined;
		const description = by === "author" ? undefined : ownValue(terms, group.slug);
		return respondWithList(c, {
			heading: headingFor(c, group.name),
			posts: group.posts,
			number,
			pathOf: (page) => listingPath(by, group.slug, page),
			description,
			intro: profile ? (
				<AuthorProfile profile={profile} images={archive.manifest.images} />
			) : (
				number === 1 && description && <p>{description}</p>
			),
		});
	};
	listings.get(`/${by}/:slug/`, noQuery, (c) => show(c, c.req.param("slug"), 1));
	listings.get(`/${by}/:slug/page/:number{[0-9]+}/`, noQuery, (c) =>
		show(c, c.req.param("slug"), Number(c.req.param("number"))),
	);
	addFeeds(by, headingFor);
}

listings.get("/series/:slug/", noQuery, (c) => {
	const { archive, clock } = c.var.services;
	const series = archive.listing("series", c.req.param("slug"), clock.now());
	if (series === null) return c.notFound();
	cache(c, "shared");
	return c.html(<SeriesPage archive={archive} series={series} />);
});

addFeeds("series", (_, name) => name);

listings.get("/archive/", noQuery, (c) => {
	const { archive, clock } = c.var.services;
	return showDated(c, stringsFor(archive.site.language).archive, "/archive/", archive.published(clock.now()));
});

listings.get("/:year{[0-9]{4}}/", noQuery, (c) => {
	const year = Number(c.req.param("year"));
	const { archive, clock } = c.var.services;
	const name = formatYear(year, archive.site.language);
	return showDated(c, name, yearPath(year), archive.byDate(year, null, clock.now()));
});

listings.get("/:year{[0-9]{4}}/:month{[0-9]{2}}/", noQuery, (c) => {
	const [year, month] = [Number(c.req.param("year")), Number(c.req.param("month"))];
	const { archive, clock } = c.var.services;
	const name = formatMonth(year, month, archive.site.language);
	return showDated(c, name, monthPath(year, month), archive.byDate(year, month, clock.now()));
});

function showDated(c: AppContext, name: string, path: string, posts: readonly Post[]) {
	const { archive } = c.var.services;
	if (posts.length === 0 && path !== "/archive/") return c.notFound();
	const strings = stringsFor(archive.site.language);
	const heading = path === "/archive/" ? name : fill(strings.postsFrom, { name });
	cache(c, "shared");
	return c.html(<ArchivePage archive={archive} heading={heading} path={path} posts={posts} />);
}

/** Adds the routes of the feeds of categories, tags, authors or series. */
function addFeeds(by: Listing, headingFor: (c: AppContext, name: string) => string): void {
	for (const extension of feedExtensions) {
		listings.get(feedPathOf(`/${by}/:slug/`, extension), numberedPages, async (c) => {
			const { archive, clock } = c.var.services;
			const group = archive.listing(by, c.req.param("slug") ?? "", clock.now());
			if (group === null) return c.notFound();
			const { respondWithPostFeed } = await import("./post-feed.ts");
			return respondWithPostFeed(c, extension, {
				title: `${headingFor(c, group.name)} — ${archive.site.title}`,
				posts: group.posts,
				path: listingPath(by, group.slug),
				description: by === "author" ? undefined : ownValue(archive.site.terms, group.slug),
			});
		});
	}
}

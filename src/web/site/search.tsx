import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { countedAs, mayBeCounted } from "../../monitoring/typed-text.ts";
import type { Archive } from "../../posts/archive.ts";
import { escapeHtml } from "../../posts/html.ts";
import { cleanSearch, searchPath, searchQuery } from "../../posts/locations.ts";
import { maxQuery } from "../../search/query.ts";
import type { SearchFilters } from "../../search/search.ts";
import { cache } from "../http/caching.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { knownQuery, noQuery, redirectToKnownQuery } from "../http/known-query.ts";
import { href } from "../ui/links.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { SearchPage } from "./search-page.tsx";

/** Routes of the search, its suggestions and its description for browsers. */
export const search = new Hono<AppEnv>();

/** Most pages of results that an address may name. */
const maxPage = 999;

search.get(searchPath, async (c) => {
	const { archive, monitoring, clock } = c.var.services;
	const now = clock.now();
	const wanted = parseSearch(new URL(c.req.url).searchParams, archive, now);
	const redirect = redirectToKnownQuery(c, addressOf(wanted));
	if (redirect !== null) return redirect;
	const { query, filters, page } = wanted;
	const length = Array.from(query).length;
	const isTooLong = length > maxQuery;
	const found =
		query === "" || isTooLong ? null : await find(c, (each) => each.search(query, filters, page, now));
	if (found !== null && page > found.pages)
		return c.redirect(searchPath + addressOf({ ...wanted, page: 1 }), 302);
	if (found?.total === 0 && mayBeCounted(query)) monitoring.count("empty_searches", countedAs(query));
	cache(c, isTooLong ? "none" : "shared");
	c.header("X-Robots-Tag", "noindex");
	return c.html(
		<SearchPage
			archive={archive}
			query={query}
			filters={filters}
			found={found}
			length={isTooLong ? length : null}
			addressOf={(changed) => searchPath + addressOf({ ...wanted, ...changed })}
			now={now}
		/>,
		isTooLong ? 422 : 200,
	);
});

// OpenSearch suggestions (version 1.1): what was typed, and titles with their addresses.
search.get(
	`${searchPath}/suggestions`,
	knownQuery((query) => searchQuery((query.get("q") ?? "").slice(0, maxQuery))),
	async (c) => {
		const { archive, clock } = c.var.services;
		const typed = c.req.query("q") ?? "";
		const posts = await find(c, async (each) => each.suggest(typed, clock.now()));
		cache(c, "shared");
		c.header("X-Robots-Tag", "noindex");
		const titles = posts.map(({ title }) => title);
		const urls = posts.map(({ path }) => archive.site.url + href(path));
		return c.body(JSON.stringify([typed, titles, titles.map(() => ""), urls]), 200, {
			"Content-Type": "application/x-suggestions+json; charset=utf-8",
		});
	},
);

search.get("/opensearch.xml", noQuery, (c) => {
	const { site } = c.var.services.archive;
	const strings = stringsFor(site.language);
	const url = escapeHtml(site.url + searchPath);
	// A short name has at most sixteen characters (OpenSearch 1.1).
	const name = escapeHtml(Array.from(site.title).slice(0, 16).join(""));
	cache(c, "asset");
	return c.body(
		`<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>${name}</ShortName>
<Description>${escapeHtml(strings.searchLabel)}: ${escapeHtml(site.title)}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Image type="image/x-icon" width="16" height="16">${escapeHtml(site.url)}/favicon.ico</Image>
<Url type="text/html" template="${url}?q={searchTerms}"/>
<Url type="application/x-suggestions+json" template="${url}/suggestions?q={searchTerms}"/>
</OpenSearchDescription>
`,
		200,
		{ "Content-Type": "application/opensearchdescription+xml; charset=utf-8" },
	);
});

type WantedSearch = { query: string; filters: SearchFilters; page: number };

/** Reads the parameters of a search. Values that no post has are left out. */
function parseSearch(parameters: URLSearchParams, archive: Archive, now: number): WantedSearch {
	const query = cleanSearch(parameters.get("q") ?? "");
	const page = parameters.get("page") ?? "";
	const year = parameters.get("year") ?? "";
	const hasYear = /^\d{4}$/.test(year) && archive.byDate(Number(year), null, now).length > 0;
	return {
		query,
		filters: {
			lang: archive.inLanguage(parameters.get("lang") ?? "", now)?.lang ?? null,
			category: archive.listing("category", parameters.get("category") ?? "", now)?.slug ?? null,
			year: hasYear ? Number(year) : null,
		},
		page: /^[1-9]\d{0,2}$/.test(page) ? Math.min(Number(page), maxPage) : 1,
	};
}

/** Returns the query of a search's one address. */
function addressOf({ query, filters, page }: WantedSearch): string {
	if (query === "") return "";
	const parameters = new URLSearchParams({ q: query });
	for (const [name, value] of Object.entries(filters))
		if (value !== null) parameters.set(name, String(value));
	if (page > 1) parameters.set("page", String(page));
	return `?${parameters}`;
}

/** Searches; an index that cannot be read is a passing failure. */
async function find<T>(
	c: AppContext,
	run: (search: Awaited<ReturnType<AppEnv["Variables"]["services"]["search"]>>) => Promise<T>,
): Promise<T> {
	const { archive, search: open } = c.var.services;
	try {
		return await run(await open());
	} catch (cause) {
		throw new BlogError("unavailable", stringsFor(archive.site.language).searchUnavailable, { cause });
	}
}

import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { embedPathOf, listingPath } from "../../posts/locations.ts";
import type { AppEnv } from "../http/context.ts";
import { href } from "../ui/links.ts";
import { respondWithData } from "./respond.ts";

/** Route of what other sites show beside a link to a post or page (oEmbed 1.0, of the type `link`). */
export const oembed = new Hono<AppEnv>();

/** Seconds for which a site may keep an answer. */
const cacheAge = 86_400;

oembed.get("/api/oembed", (c) => {
	const { archive, clock } = c.var.services;
	const { site } = archive;
	const query = new URL(c.req.url).searchParams;
	const format = query.get("format") ?? "json";
	if (format !== "json")
		throw new BlogError("not_implemented", `The format "${format}" is not offered; ask for json.`);
	const asked = URL.parse(query.get("url") ?? "");
	if (asked === null)
		throw new BlogError("invalid", `"url" is not an address; give that of a post, such as ${site.url}/….`);
	const entry = asked.host === new URL(site.url).host ? archive.find(asked.pathname, clock.now()) : null;
	if (entry === null) throw new BlogError("not_found", `No post or page of this blog is at ${asked.href}.`);
	// Sizes and other parameters change nothing; an answer to them is stored nowhere, and no site has to follow a redirect.
	const own = embedPathOf(site.url + href(entry.path));
	c.set("hasKnownQuery", c.req.url.endsWith(own));
	const author = "published" in entry ? entry.authors[0] : undefined;
	return respondWithData(c, {
		version: "1.0",
		type: "link",
		title: entry.title,
		...(author === undefined
			? {}
			: { author_name: author.name, author_url: site.url + href(listingPath("author", author.slug)) }),
		provider_name: site.title,
		provider_url: `${site.url}/`,
		cache_age: cacheAge,
	});
});

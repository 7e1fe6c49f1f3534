import type { MiddlewareHandler } from "hono";
import { cache } from "./caching.ts";
import type { AppContext, AppEnv } from "./context.ts";

/**
 * Returns the redirect to a shared page's one address, or null if the request has it. `spelled` is the query as the site's
 * own links have it: known parameters with valid values, in order, once each. Any other query (tracking, duplicates) would
 * make a copy of the page in every cache and read it from the database again; the redirect reads nothing and is cached.
 */
export function redirectToKnownQuery(c: AppContext, spelled = ""): Response | null {
	c.set("hasKnownQuery", true);
	const [address = "", query] = splitUrl(c.req.url);
	// Unreserved characters need no percent-encoding (RFC 3986, section 2.3).
	const path = /^[\w.~/-]+$/.test(c.req.path) ? c.req.path : address;
	if (path === address && query === spelled) return null;
	cache(c, "asset");
	// Not permanent: a later version may know more parameters. Two leading slashes would lead to another host.
	return c.redirect(path.replace(/^\/+/, "/") + spelled, 302);
}

/** Declares the parameters of a route. `spell` returns the query it knows, `?` included; without it, the route knows none. */
export function knownQuery(spell: (query: URLSearchParams) => string = () => ""): MiddlewareHandler<AppEnv> {
	return async (c, next) => redirectToKnownQuery(c, spell(new URL(c.req.url).searchParams)) ?? (await next());
}

/** Declares that a route knows no parameters. */
export const noQuery = knownQuery();

/** Splits a URL into its path and its query, both as they were sent. */
function splitUrl(url: string): [string, string] {
	const path = url.indexOf("/", url.indexOf("//") + 2);
	const query = url.indexOf("?", path);
	return query < 0 ? [url.slice(path), ""] : [url.slice(path, query), url.slice(query)];
}

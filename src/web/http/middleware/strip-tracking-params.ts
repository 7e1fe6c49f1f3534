import type { MiddlewareHandler } from "hono";
import { cache } from "../caching.ts";
import type { AppEnv } from "../context.ts";

/** Parameters that mailers and social networks add to links; each would make a cache copy of the page. */
const tracking =
	/^(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|igshid|mc_cid|mc_eid|yclid|_hsenc|_hsmi)$/;

/** Redirects a URL with tracking parameters to the same URL without them, which is cached. */
export const stripTrackingParams: MiddlewareHandler<AppEnv> = async (c, next) => {
	const at = c.req.url.indexOf("?");
	if (at < 0 || (c.req.method !== "GET" && c.req.method !== "HEAD")) return next();
	const url = new URL(c.req.url);
	if (!removeTrackingParams(url.searchParams)) return next();
	cache(c, "none");
	// Two leading slashes would redirect to another host.
	return c.redirect(url.pathname.replace(/^\/+/, "/") + url.search, 302);
};

/** Removes tracking parameters from a query; returns whether there were any. */
export function removeTrackingParams(query: URLSearchParams): boolean {
	const names = [...query.keys()].filter((name) => tracking.test(name));
	for (const name of names) query.delete(name);
	return names.length > 0;
}

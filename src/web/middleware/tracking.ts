import type { MiddlewareHandler } from "hono";
import { cache } from "../caching.ts";
import type { AppEnv } from "../context.ts";

/** What mailers and social networks add to links; it means nothing here and would make a copy of each page. */
const tracking =
	/^(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|igshid|mc_cid|mc_eid|yclid|_hsenc|_hsmi)$/;

/** Sends a reader who comes by a tracked link on to the page itself, which is in the cache. */
export const untracked: MiddlewareHandler<AppEnv> = async (c, next) => {
	const at = c.req.url.indexOf("?");
	if (at < 0 || (c.req.method !== "GET" && c.req.method !== "HEAD")) return next();
	const url = new URL(c.req.url);
	if (!dropTracking(url.searchParams)) return next();
	cache(c, "none");
	// Two slashes at the beginning would lead to whatever host they name.
	return c.redirect(url.pathname.replace(/^\/+/, "/") + url.search, 302);
};

/** Takes tracking out of a query; says whether there was any. */
export function dropTracking(query: URLSearchParams): boolean {
	const names = [...query.keys()].filter((name) => tracking.test(name));
	for (const name of names) query.delete(name);
	return names.length > 0;
}

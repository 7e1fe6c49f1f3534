import type { MiddlewareHandler } from "hono";
import { href } from "../../ui/links.ts";
import { entryQuery } from "../../ui/thread-address.ts";
import { cache } from "../caching.ts";
import type { AppEnv } from "../context.ts";

/** Redirects every alias and old URL to the canonical one in one hop. */
export const canonicalRedirect: MiddlewareHandler<AppEnv> = async (c, next) => {
	if (c.req.method !== "GET" && c.req.method !== "HEAD") return next();
	const { archive, clock } = c.var.services;
	const url = new URL(c.req.url);
	const address = archive.resolveAddress(url.pathname, url.searchParams, clock.now());
	if (address === null) return next();
	const { path, isByQuery, search } = address;
	if (url.pathname === href(path) && !isByQuery) return next();
	c.set("hasKnownQuery", true);
	cache(c, "shared");
	const isEntry = archive.find(path, clock.now()) !== null;
	return c.redirect(href(path) + (search ?? (isEntry ? entryQuery(url.searchParams) : "")), 301);
};

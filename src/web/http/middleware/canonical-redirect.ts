import type { MiddlewareHandler } from "hono";
import { href } from "../../ui/links.ts";
import { threadParameters } from "../../ui/thread-address.ts";
import { cache } from "../caching.ts";
import type { AppEnv } from "../context.ts";
import { removeTrackingParams } from "./strip-tracking-params.ts";

/** Redirects every alias and old URL to the canonical one in one hop. */
export const canonicalRedirect: MiddlewareHandler<AppEnv> = async (c, next) => {
	if (c.req.method !== "GET" && c.req.method !== "HEAD") return next();
	const { archive, clock } = c.var.services;
	const url = new URL(c.req.url);
	const address = archive.resolveAddress(url.pathname, url.searchParams, clock.now());
	if (address === null) return next();
	const { path, consumed } = address;
	if (url.pathname === href(path) && consumed.length === 0) return next();
	for (const name of consumed) url.searchParams.delete(name);
	removeTrackingParams(url.searchParams);
	cache(c, "shared", { query: [...consumed, ...threadParameters] });
	return c.redirect(href(path) + url.search, 301);
};

import type { MiddlewareHandler } from "hono";
import { cache } from "../caching.ts";
import type { AppEnv } from "../context.ts";
import { threadParameters } from "../thread-address.ts";
import { href } from "../views/links.ts";
import { dropTracking } from "./tracking.ts";

/** Sends every other spelling of an address, and every old one, to the one true address in one hop. */
export const oneAddress: MiddlewareHandler<AppEnv> = async (c, next) => {
	if (c.req.method !== "GET" && c.req.method !== "HEAD") return next();
	const { archive, now } = c.var.services;
	const url = new URL(c.req.url);
	const address = archive.address(url.pathname, url.searchParams, now());
	if (address === null) return next();
	const { path, consumed } = address;
	if (url.pathname === href(path) && consumed.length === 0) return next();
	for (const name of consumed) url.searchParams.delete(name);
	dropTracking(url.searchParams);
	cache(c, "shared", { query: [...consumed, ...threadParameters] });
	return c.redirect(href(path) + url.search, 301);
};

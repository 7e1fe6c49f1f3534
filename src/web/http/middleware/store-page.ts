import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../context.ts";
import { answer, storePage } from "../page-cache.ts";
import { routePatternOf } from "../route.ts";

/** Stores each shared page's bytes and validators in the isolate's page cache. */
export const storeRenderedPage: MiddlewareHandler<AppEnv> = async (c, next) => {
	await next();
	const { pageValidity } = c.var;
	// The request may be a HEAD, for which Hono renders what a GET gets.
	if (pageValidity === undefined || c.res.status !== 200 || !["GET", "HEAD"].includes(c.req.method)) return;
	const body = new Uint8Array(await c.res.arrayBuffer());
	const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
	const etag = `"${Array.from(digest.subarray(0, 12), (byte) => byte.toString(16).padStart(2, "0")).join("")}"`;
	const headers = new Headers(c.res.headers);
	headers.set("ETag", etag);
	headers.set("Last-Modified", new Date(pageValidity.modified).toUTCString());
	const page = {
		body,
		etag,
		headers,
		route: routePatternOf(c),
		entryId: c.var.entryId ?? null,
		...pageValidity,
	};
	storePage(c.req.url, page);
	c.res = undefined;
	c.res = answer(page, c.req.raw);
};

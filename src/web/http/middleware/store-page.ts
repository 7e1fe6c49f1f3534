import type { MiddlewareHandler } from "hono";
import { cachedPagesPerDay, compressDocument } from "../../../caching/cached-pages.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { answer, type CachedPage, storePage } from "../page-cache.ts";
import { routePatternOf } from "../route.ts";

/**
 * Stores each shared page's bytes and validators in the isolate's page cache, and those that a handler has marked in the
 * database, too, after the response.
 */
export const storeRenderedPage: MiddlewareHandler<AppEnv> = async (c, next) => {
	await next();
	const { pageValidity, renderedPage } = c.var;
	// The request may be a HEAD, for which Hono renders what a GET gets.
	if (pageValidity === undefined || c.res.status !== 200 || !["GET", "HEAD"].includes(c.req.method)) return;
	const body = renderedPage?.body ?? new Uint8Array(await c.res.arrayBuffer());
	const etag = renderedPage?.etag ?? (await etagOf(body));
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
	if (c.var.pageToStore !== undefined) c.executionCtx.waitUntil(storeInDatabase(c, page));
	c.res = undefined;
	c.res = answer(page, c.req.raw);
};

/** Returns the entity tag of a page: the beginning of its digest. */
async function etagOf(body: Uint8Array<ArrayBuffer>): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
	return `"${Array.from(digest.subarray(0, 12), (byte) => byte.toString(16).padStart(2, "0")).join("")}"`;
}

/** Stores a page in the database for other isolates. A failure costs nothing but the next rendering. */
async function storeInDatabase(c: AppContext, { body, etag, changesAt }: CachedPage): Promise<void> {
	const { pageToStore, services } = c.var;
	if (pageToStore === undefined) return;
	try {
		const stored = { ...pageToStore, changesAt, etag, body: await compressDocument(body) };
		await services.caching.cachedPages.store(stored, cachedPagesPerDay);
	} catch (error) {
		services.log("a page was not stored in the database", { error });
	}
}

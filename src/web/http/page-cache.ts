import { edgeCacheControl } from "../../caching/lifetimes.ts";
import { createLruCache } from "../../posts/lru-cache.ts";
import type { PageValidity, Services } from "./context.ts";

/** A rendered page with its headers and the conditions of its validity. */
export type CachedPage = PageValidity & {
	body: Uint8Array<ArrayBuffer>;
	etag: string;
	/** Shared by all responses: building fourteen headers anew costs as much as everything else. */
	headers: Headers;
};

/** Bytes of pages per isolate, whose memory limit is 128 MB in all. */
const capacity = 16 * 1024 * 1024;

let pages = createLruCache<CachedPage>(capacity);

/** Removes every page, as the start of a new isolate does. */
export function clearPages(): void {
	pages = createLruCache<CachedPage>(capacity);
}

/** Stores a rendered page, evicting the least recently used ones when the cache is full. */
export function storePage(key: string, page: CachedPage): void {
	pages.set(key, page, page.body.length);
}

/** Returns path and query of a request's URL, unparsed. */
export function pageKey(url: string): string {
	return url.slice(url.indexOf("/", url.indexOf("//") + 2));
}

/**
 * Returns the response from a valid cached page, or null if the page has to be rendered. A page without conditions is
 * returned synchronously, since most requests of a quiet blog are for one.
 */
export function answerFromCache(
	request: Request,
	connect: () => Services,
): Response | null | Promise<Response | null> {
	if (request.method !== "GET") return null;
	const page = pages.get(pageKey(request.url));
	if (page === undefined) return null;
	const ifNoneMatch = request.headers.get("If-None-Match");
	if (page.changesAt === null && page.validator === null) return answer(page, ifNoneMatch);
	return isValid(page, connect()).then((valid) => (valid ? answer(page, ifNoneMatch) : null));
}

async function isValid({ changesAt, validator, headers }: CachedPage, services: Services): Promise<boolean> {
	if (changesAt !== null) {
		if (services.clock.now() >= changesAt) return false;
		headers.set("Cloudflare-CDN-Cache-Control", edgeCacheControl(services.clock.now(), changesAt));
	}
	// If the database fails, the page is rendered, and that reports the failure to the reader.
	return validator === null || (await validator.read(services).catch(() => null)) === validator.value;
}

/** Returns the page as 200, or 304 if `If-None-Match` names its entity tag (RFC 9110, section 13). */
export function answer({ body, etag, headers }: CachedPage, ifNoneMatch: string | null): Response {
	const known = ifNoneMatch?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag) ?? false;
	return known ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
}

import { edgeCacheControl } from "../../caching/lifetimes.ts";
import { createLruCache } from "../../posts/lru-cache.ts";
import type { PageValidity, Services } from "./context.ts";

/** A rendered page with its headers and the conditions of its validity. */
export type CachedPage = PageValidity & {
	body: Uint8Array<ArrayBuffer>;
	etag: string;
	/** The route that rendered it, and the post or page that it shows, for the log and the figures. */
	route: string;
	entryId: string | null;
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

/**
 * Stores a rendered page under its URL, evicting the least recently used ones when the cache is full. The host is part of the
 * key, so that no page is served at another. A page that changed twice within a second has no date that could tell its
 * versions apart.
 */
export function storePage(key: string, page: CachedPage): void {
	const previous = pages.get(key);
	const second = (time: number) => Math.floor(time / 1000);
	if (
		previous !== undefined &&
		previous.etag !== page.etag &&
		second(previous.modified) >= second(page.modified)
	) {
		page.headers.delete("Last-Modified");
	}
	pages.set(key, page, page.body.length);
}

/**
 * Returns the response from a valid cached page, which `onAnswer` hears of, or null if the page has to be rendered. A page
 * without conditions is returned synchronously, since most requests of a quiet blog are for one.
 */
export function answerFromCache(
	request: Request,
	connect: () => Services,
	onAnswer: (page: CachedPage, response: Response, services: Services) => void,
): Response | null | Promise<Response | null> {
	if (request.method !== "GET" && request.method !== "HEAD") return null;
	const page = pages.get(request.url);
	if (page === undefined) return null;
	const services = connect();
	const answered = () => {
		const response = answer(page, request);
		onAnswer(page, response, services);
		return response;
	};
	if (page.changesAt === null && page.validator === null) return answered();
	return isValid(page, services).then((valid) => (valid ? answered() : null));
}

async function isValid({ changesAt, validator, headers }: CachedPage, services: Services): Promise<boolean> {
	if (changesAt !== null) {
		if (services.clock.now() >= changesAt) return false;
		headers.set("Cloudflare-CDN-Cache-Control", edgeCacheControl(services.clock.now(), changesAt));
	}
	// If the database fails, the page is rendered, and that reports the failure to the reader.
	return validator === null || (await validator.read(services).catch(() => null)) === validator.value;
}

/** Returns the page as 200, for a HEAD without its body, or as 304 if the client has it (RFC 9110, section 13). */
export function answer(page: CachedPage, request: Request): Response {
	const { body, headers } = page;
	if (isKnown(page, request.headers)) return new Response(null, { status: 304, headers });
	if (request.method !== "HEAD") return new Response(body, { headers });
	const length = new Headers(headers);
	length.set("Content-Length", String(body.length));
	return new Response(null, { headers: length });
}

/** Whether a request's conditions say that the client has this version; a date counts only without entity tags. */
function isKnown({ etag, modified, headers }: CachedPage, conditions: Headers): boolean {
	const tags = conditions.get("If-None-Match");
	if (tags !== null)
		return tags.trim() === "*" || tags.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
	const since = headers.has("Last-Modified") ? conditions.get("If-Modified-Since") : null;
	// The header has whole seconds. What is no date compares as false.
	return since !== null && Date.parse(since) >= Math.floor(modified / 1000) * 1000;
}

import { edgeDirectives } from "../freshness/lifetime.ts";
import { bounded } from "../posts/bounded.ts";
import type { Keeping, Services } from "./context.ts";

/** A page as it was sent, and what it hangs on. */
export type KeptPage = Keeping & {
	body: Uint8Array<ArrayBuffer>;
	etag: string;
	/** Handed to each answer as it is: building fourteen headers anew costs as much as everything else. */
	headers: Headers;
};

/** Bytes of pages an isolate keeps; it may use 128 MB in all. */
const capacity = 16 * 1024 * 1024;

const pages = bounded<KeptPage>(capacity);

/** Keeps a page that was just rendered, letting go of those asked for longest ago when there is no room. */
export function keepPage(key: string, page: KeptPage): void {
	pages.set(key, page, page.body.length);
}

/** Path and query of a request's address, as it came. */
export function pageKey(url: string): string {
	return url.slice(url.indexOf("/", url.indexOf("//") + 2));
}

/**
 * The answer from a kept page that is still right, or null when it has to be rendered. A page that hangs on nothing is
 * answered at once, without a promise: it is what most requests of a quiet blog are for.
 */
export function answerFromKept(
	request: Request,
	connect: () => Services,
): Response | null | Promise<Response | null> {
	if (request.method !== "GET") return null;
	const page = pages.get(pageKey(request.url));
	if (page === undefined) return null;
	const ifNoneMatch = request.headers.get("If-None-Match");
	if (page.changesAt === null && page.witness === null) return answer(page, ifNoneMatch);
	return stillRight(page, connect()).then((right) => (right ? answer(page, ifNoneMatch) : null));
}

async function stillRight(
	{ changesAt, witness, testimony, headers }: KeptPage,
	services: Services,
): Promise<boolean> {
	if (changesAt !== null) {
		if (services.now() >= changesAt) return false;
		headers.set("Cloudflare-CDN-Cache-Control", edgeDirectives(services.now(), changesAt));
	}
	// A database that fails is the full render's to tell the reader about.
	return witness === null || (await witness(services).catch(() => null)) === testimony;
}

/** A 200 with the page, or a 304 to a browser that has it (RFC 9110, section 13). */
export function answer({ body, etag, headers }: KeptPage, ifNoneMatch: string | null): Response {
	const known = ifNoneMatch?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag) ?? false;
	return known ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
}

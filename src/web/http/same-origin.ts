import type { Context } from "hono";

/**
 * Whether the browser sent a POST from a page of this site, by `Sec-Fetch-Site` (Fetch Metadata) or else `Origin`
 * (RFC 6454). A request with neither header is rejected.
 */
export function isSameOrigin(c: Context): boolean {
	const site = c.req.header("Sec-Fetch-Site");
	if (site !== undefined) return site === "same-origin";
	return c.req.header("Origin") === new URL(c.req.url).origin;
}

import type { Context } from "hono";

/**
 * Whether a POST came from a page of this site, as far as the browser says: `Sec-Fetch-Site` where it is sent
 * (Fetch Metadata), else `Origin` (RFC 6454). A request that carries neither is not taken at its word.
 */
export function isSameOrigin(c: Context): boolean {
	const site = c.req.header("Sec-Fetch-Site");
	if (site !== undefined) return site === "same-origin";
	return c.req.header("Origin") === new URL(c.req.url).origin;
}

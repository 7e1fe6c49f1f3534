import type { MiddlewareHandler } from "hono";
import type { Site } from "../../../posts/site.ts";
import type { AppEnv } from "../context.ts";

/**
 * Redirects what reaches the Worker by another host than `url`'s, or by http, so that every page has one address. No cache
 * may store the redirect: caches in front know a page by its path alone.
 */
export const hostRedirect: MiddlewareHandler<AppEnv> = async (c, next) => {
	const { site } = c.var.services.archive;
	const url = new URL(c.req.url);
	// A proxy that ends TLS speaks http with the blog; Cloudflare sets the header itself.
	if (c.req.header("X-Forwarded-Proto") === "https") url.protocol = "https:";
	if (isServedAt(url, site)) return next();
	const isSafe = c.req.method === "GET" || c.req.method === "HEAD";
	c.header("Cache-Control", "private, no-store");
	return c.redirect(site.url + url.pathname + url.search, isSafe ? 301 : 308);
};

/** Whether a site is served at an address: its own, one of this machine, or a host that a setting excepts. */
export function isServedAt(
	{ origin, hostname, host }: URL,
	{ url, alsoAt }: Pick<Site, "url" | "alsoAt">,
): boolean {
	return (
		origin === url ||
		isLocal(hostname) ||
		isLocal(new URL(url).hostname) ||
		alsoAt.some((pattern) =>
			pattern.startsWith("*")
				? hostname.endsWith(pattern.slice(1))
				: pattern === hostname || pattern === host,
		)
	);
}

function isLocal(hostname: string): boolean {
	return /^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

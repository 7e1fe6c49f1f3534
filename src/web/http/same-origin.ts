import type { MiddlewareHandler } from "hono";
import type { AppContext, AppEnv } from "./context.ts";
import { isWrite } from "./methods.ts";

/**
 * Lets a write pass only if the browser sent it from a page of this site, whatever its content type. `refuse` renders the
 * answer to any other, with what was typed.
 */
export function requireSameOrigin(
	refuse: (c: AppContext) => Response | Promise<Response>,
): MiddlewareHandler<AppEnv> {
	return async (c, next) => {
		if (isWrite(c) && !isSameOrigin(c)) return refuse(c);
		await next();
	};
}

/**
 * Whether the browser states that a page of this site sent the request, by `Sec-Fetch-Site` (Fetch Metadata) or else
 * `Origin` (RFC 6454). The latter is compared with the site's URL: the request's own host can be any name that leads
 * here. A request with neither header is rejected.
 */
function isSameOrigin(c: AppContext): boolean {
	const site = c.req.header("Sec-Fetch-Site");
	if (site !== undefined) return site === "same-origin";
	return c.req.header("Origin") === new URL(c.var.services.archive.site.url).origin;
}

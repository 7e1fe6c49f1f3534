import { matchedRoutes } from "hono/route";
import type { AppContext } from "./context.ts";

/**
 * Returns the method and route of a request for the log, such as `POST /subscriptions/:token/end`: the path itself may hold a
 * token or a visitor's id. Below the one route of all posts and pages it is the path, which everybody may read.
 */
export function routeOf(c: AppContext): string {
	return `${c.req.method} ${patternOf(c) ?? c.req.path.replace(secret, "…")}`;
}

/** Returns the method and route of a request, such as `GET /tag/:slug/`; `GET /*` for posts, pages and unknown addresses. */
export function routePatternOf(c: AppContext): string {
	return `${c.req.method} ${patternOf(c) ?? "/*"}`;
}

/** Returns the path of the route that matches, without the patterns of its parameters; undefined for that of all posts. */
function patternOf(c: AppContext): string | undefined {
	const routes = matchedRoutes(c).filter(({ method, path }) => method !== "ALL" && !path.endsWith("*"));
	return routes[0]?.path.replace(/\{[^/]*\}/g, "");
}

/** A segment in the wrong place that may be a token: of three parts, or long. */
const secret = /[^/]{80,}|[\w-]{8,}\.[\w-]{8,}\.[\w-]+/g;

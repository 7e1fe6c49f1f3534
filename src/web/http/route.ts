import { matchedRoutes } from "hono/route";
import type { AppContext } from "./context.ts";

/**
 * Returns the method and route of a request for the log, such as `POST /subscriptions/:token/end`: the path itself may hold a
 * token or a visitor's id. Below the one route of all posts and pages it is the path, which everybody may read.
 */
export function routeOf(c: AppContext): string {
	const routes = matchedRoutes(c).filter(({ method, path }) => method !== "ALL" && !path.endsWith("*"));
	const route = routes[0]?.path;
	const path = route === undefined ? c.req.path.replace(secret, "…") : route.replace(/\{[^/]*\}/g, "");
	return `${c.req.method} ${path}`;
}

/** A segment in the wrong place that may be a token: of three parts, or long. */
const secret = /[^/]{80,}|[\w-]{8,}\.[\w-]{8,}\.[\w-]+/g;

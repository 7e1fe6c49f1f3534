import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../context.ts";
import { recordRequest } from "../record-request.ts";
import { routePatternOf } from "../route.ts";

/** Records each request that the app answers, whether with a page or an error. */
export const recordRequests: MiddlewareHandler<AppEnv> = async (c, next) => {
	const { services } = c.var;
	const began = services.clock.now();
	await next();
	recordRequest(
		services,
		{
			request: c.req.raw,
			route: routePatternOf(c),
			entryId: c.var.entryId ?? null,
			status: c.res.status,
			milliseconds: services.clock.now() - began,
			cache: c.var.pageValidity === undefined ? "bypass" : "miss",
		},
		c.executionCtx,
	);
};

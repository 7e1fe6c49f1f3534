import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../context.ts";
import { speculationRules } from "../speculation-rules.ts";

/** Tells browsers of the rules by a header, which unlike a script in the page needs no exception from the policy. */
export const speculate: MiddlewareHandler<AppEnv> = async (c, next) => {
	await next();
	const isPage = c.res.headers.get("Content-Type")?.startsWith("text/html") ?? false;
	if (isPage && c.var.keeping !== undefined && c.res.status === 200) {
		c.res.headers.set("Speculation-Rules", `"${speculationRules.path}"`);
	}
};

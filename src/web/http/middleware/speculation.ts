import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../context.ts";
import { speculationRules } from "../speculation-rules.ts";

/** Announces the speculation rules in a header, which unlike an inline script needs no exception in the CSP. */
export const addSpeculationRules: MiddlewareHandler<AppEnv> = async (c, next) => {
	await next();
	const isPage = c.res.headers.get("Content-Type")?.startsWith("text/html") ?? false;
	if (isPage && c.var.pageValidity !== undefined && c.res.status === 200) {
		const { path } = await speculationRules();
		c.res.headers.set("Speculation-Rules", `"${path}"`);
	}
};

import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../context.ts";
import { readAt } from "../reading.ts";

/** Keeps what a request may change in one session of the database, so that its bookmark can go along to what follows. */
export const oneSession: MiddlewareHandler<AppEnv> = async (c, next) => {
	if (c.req.method !== "GET" && c.req.method !== "HEAD") readAt(c, "primary");
	await next();
};

import type { MiddlewareHandler } from "hono";
import { storeFor } from "../consistency.ts";
import type { AppEnv } from "../context.ts";
import { isWrite } from "../methods.ts";

/** Runs write requests in one D1 session, so that its bookmark can be passed on to the next page. */
export const writeSession: MiddlewareHandler<AppEnv> = async (c, next) => {
	if (isWrite(c)) storeFor(c, "primary");
	await next();
};

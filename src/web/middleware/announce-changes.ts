import type { MiddlewareHandler } from "hono";
import { announce } from "../../notifications/announce.ts";
import type { AppEnv } from "../context.ts";
import { coalesced } from "./coalesced.ts";

/** A burst of writes starts one run, not one each. */
const inTurn = coalesced();

/** Sends what a change has put into the outbox once it is answered; whoever waits for the answer waits for no channel. */
export const announceChanges: MiddlewareHandler<AppEnv> = async (c, next) => {
	await next();
	if (c.req.method === "GET" || c.req.method === "HEAD") return;
	const { announcing, now } = c.var.services;
	if (announcing.channels.length > 0)
		c.executionCtx.waitUntil(inTurn(() => announce(announcing, now), now()));
};

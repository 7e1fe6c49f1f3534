import type { MiddlewareHandler } from "hono";
import { flushStale } from "../../freshness/flush.ts";
import type { AppEnv } from "../context.ts";
import { coalesced } from "./coalesced.ts";

/** Milliseconds between attempts, and how many: within what the platform lets a Worker go on after its answer. */
const pause = 5_000;
const attempts = 5;

/** A burst of writes starts one run, not one each. */
const inTurn = coalesced();

/** After a request that may have changed something, purges the pages it changed; the cron trigger does what is left. */
export const freshen: MiddlewareHandler<AppEnv> = async (c, next) => {
	await next();
	if (c.req.method === "GET" || c.req.method === "HEAD") return;
	const { stale, purge, now, wait } = c.var.services;
	const flush = async () => {
		for (let attempt = 0; attempt < attempts; attempt++) {
			if ((await flushStale(stale, purge, now())) === "done") return;
			await wait(pause);
		}
	};
	const logLoss = (error: unknown) =>
		console.error(
			JSON.stringify({ requestId: c.var.requestId, event: "flush failed", error: causeOf(error) }),
		);
	c.executionCtx.waitUntil(inTurn(flush, now()).catch(logLoss));
};

/** What a failed query failed of; Drizzle's own message is the whole statement. */
const causeOf = (error: unknown) => String((error instanceof Error && error.cause) || error);

import type { MiddlewareHandler } from "hono";
import { flushStale } from "../../freshness/flush.ts";
import type { AppEnv } from "../context.ts";

/** Milliseconds between attempts, and how many: within what the platform lets a Worker go on after its answer. */
const pause = 5_000;
const attempts = 5;

/** Until when an earlier request of this isolate is already at it, so that a burst of writes does not start one each. */
let busyUntil = 0;

/** After a request that may have changed something, purges the pages it changed; the cron trigger does what is left. */
export const freshen: MiddlewareHandler<AppEnv> = async (c, next) => {
	await next();
	if (c.req.method === "GET" || c.req.method === "HEAD") return;
	const { stale, purge, now, wait } = c.var.services;
	if (now() < busyUntil) return;
	busyUntil = now() + pause * attempts;
	const flush = async () => {
		try {
			for (let attempt = 0; attempt < attempts; attempt++) {
				// Given up before the last look, so that what comes after that look starts a flush of its own.
				if (attempt === attempts - 1) busyUntil = 0;
				if ((await flushStale(stale, purge, now())) === "done") return;
				await wait(pause);
			}
		} catch (error) {
			console.error(
				JSON.stringify({ requestId: c.var.requestId, event: "flush failed", error: causeOf(error) }),
			);
		} finally {
			busyUntil = 0;
		}
	};
	c.executionCtx.waitUntil(flush());
};

/** What a failed query failed of; Drizzle's own message is the whole statement. */
const causeOf = (error: unknown) => String((error instanceof Error && error.cause) || error);

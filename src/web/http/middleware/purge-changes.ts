import type { MiddlewareHandler } from "hono";
import { purgePending } from "../../../caching/invalidation.ts";
import type { AppEnv } from "../context.ts";
import { isWrite } from "../methods.ts";
import { singleFlight } from "../single-flight.ts";

/** Milliseconds between attempts, and their number: together within the time the platform allows after a response. */
const pause = 5_000;
const attempts = 5;

/** A burst of writes causes one run, not one each. */
const runOnce = singleFlight();

/** Purges changed pages from the edge cache after a request that changed rows; the cron trigger purges the rest. */
export const purgeChanges: MiddlewareHandler<AppEnv> = async (c, next) => {
	await next();
	if (!isWrite(c) || !c.var.services.hasChanged()) return;
	const { budget, services } = c.var;
	const { caching, clock, log } = services;
	const flush = async () => {
		for (let attempt = 0; attempt < attempts; attempt++) {
			if ((await purgePending(caching, budget, clock.now())) !== "wait") return;
			if (!(await clock.wait(pause))) return;
		}
	};
	const logLoss = (error: unknown) => log("purging failed; the next run tries again", { error });
	c.executionCtx.waitUntil(runOnce(flush, clock.now()).catch(logLoss));
};

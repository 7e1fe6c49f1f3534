import { Hono } from "hono";
import { readinessOf } from "../../monitoring/health.ts";
import type { AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";

/** Routes for uptime monitors, which no cache stores. */
export const health = new Hono<AppEnv>();

// The Worker runs; nothing else is asked.
health.get("/healthz", noQuery, (c) => c.text("ok\n"));

health.get("/readyz", noQuery, async (c) => {
	const { monitoring, secrets, clock, deployedAt } = c.var.services;
	const now = clock.now();
	const { ready, ...checks } = readinessOf(await monitoring.databaseHealth(now), {
		hasSecret: secrets.signing !== null,
		deployedAt: deployedAt(now),
		now,
	});
	return c.json(
		{ status: ready ? "ready" : "not ready", ...checks, version: monitoring.version },
		ready ? 200 : 503,
	);
});

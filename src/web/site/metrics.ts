import { Hono } from "hono";
import { readRecentFigures } from "../../monitoring/figures.ts";
import { openMetricsText } from "../../monitoring/open-metrics.ts";
import { periodAt } from "../../monitoring/periods.ts";
import { failingNotices } from "../../notifications/outbox.ts";
import type { AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";

/** The figures for Prometheus and other programs that have the operator's token. No cache stores them. */
export const metrics = new Hono<AppEnv>();

/** Failed notices that are looked at. */
const failedLimit = 100;

metrics.get("/metrics", noQuery, async (c) => {
	const { moderation, mail, monitoring, secrets, clock } = c.var.services;
	if (secrets.metrics === null) return c.notFound();
	const [, token = ""] = /^Bearer +(\S+)$/i.exec(c.req.header("Authorization") ?? "") ?? [];
	if (!(await isEqual(token, secrets.metrics)))
		return c.text("The token is missing or wrong.\n", 401, { "WWW-Authenticate": "Bearer" });
	const now = clock.now();
	const [{ today }, waiting, failed, health] = await Promise.all([
		readRecentFigures(monitoring.metrics, now),
		moderation.queue.countHeld(),
		mail.outbox.failed(failedLimit),
		monitoring.databaseHealth(now),
	]);
	const ranAt = health.cronRanAt === null ? null : health.cronRanAt / 1000;
	const text = openMetricsText(
		today,
		[
			{ name: "comments_waiting", help: "Comments that wait for approval.", value: waiting },
			{ name: "notices_failing", help: "Notices that cannot be sent.", value: failingNotices(failed, now) },
			{
				name: "database_size_bytes",
				unit: "bytes",
				help: "Size of the database.",
				value: monitoring.databaseSize(),
			},
			{
				name: "cron_run_timestamp_seconds",
				unit: "seconds",
				help: "When a run of the cron trigger was last recorded.",
				value: ranAt,
			},
		],
		{ since: periodAt("day", now).since, version: monitoring.version },
	);
	return c.body(text, 200, {
		"Content-Type": "application/openmetrics-text; version=1.0.0; charset=utf-8",
	});
});

/** Compares two secrets by their digests, all bytes of them, so that the time tells nothing about where they differ. */
async function isEqual(a: string, b: string): Promise<boolean> {
	const digest = async (text: string) =>
		new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
	const [first, second] = await Promise.all([digest(a), digest(b)]);
	return first.reduce((different, byte, at) => different | (byte ^ (second[at] ?? 0)), 0) === 0;
}

// SQL text: an upsert on the condition that the last run was long ago, so that one of several runs is recorded.
import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import type { CronRuns } from "../monitoring/cron-runs.ts";
import { row, statement } from "./statement.ts";

/** A time in the future is from before the clock was set back. */
const recordRun = statement<{ now: number; interval: number }, { ran_at: number }>(
	`INSERT INTO cron_runs (id, ran_at) VALUES (1, :now)
	ON CONFLICT (id) DO UPDATE SET ran_at = :now WHERE ran_at <= :now - :interval OR ran_at > :now
	RETURNING ran_at`,
	row({ ran_at: v.number() }),
);

/** The last run of the cron trigger, in D1. */
export const cronRunRepository = (d1: D1Database): CronRuns => ({
	record: async (now, interval) => (await recordRun.first(d1, { now, interval })) !== null,
});

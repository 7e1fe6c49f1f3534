import { duration, periodAt } from "./periods.ts";

/** The limits of Cloudflare's free plan: requests and rows of a day (UTC), and bytes of a database. */
export const freePlan = {
	requests: 100_000,
	rowsRead: 5_000_000,
	rowsWritten: 100_000,
	databaseSize: 500_000_000,
} as const;

export type PlanLimit = keyof typeof freePlan;

/** The use of a limit, and the instant at which it would be used up at the rate of the last hour; null for not today. */
export type PlanUse = { limit: PlanLimit; used: number; of: number; runsOutAt: number | null };

/** Compares a day's use with the plan. `lastHour` is the part of the use in the hour before `now`. */
export function planUse(limit: PlanLimit, used: number, lastHour: number, now: number): PlanUse {
	const of = freePlan[limit];
	const left = of - used;
	const endsAt = periodAt("day", now).since + duration.day;
	const runsOutAt = left <= 0 ? now : lastHour <= 0 ? null : now + (left / lastHour) * duration.hour;
	return { limit, used, of, runsOutAt: runsOutAt !== null && runsOutAt < endsAt ? runsOutAt : null };
}

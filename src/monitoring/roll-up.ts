import type { Budget } from "../budget.ts";
import { addCounts, withoutTyped } from "./metrics.ts";
import { duration, periodAt, periodsBetween } from "./periods.ts";
import type { MetricsRepository } from "./repository.ts";

/** Hours back that are looked for: the minutes of earlier ones are gone. */
const hoursBack = 3;

const cost = { statements: 2, rows: 2000 } as const;

/** Adds up the minutes of the last hours that are over, and the hours of their days, if that has not been done. */
export async function rollUp(metrics: MetricsRepository, budget: Budget, now: number): Promise<void> {
	const thisHour = periodAt("hour", now).since;
	const from = thisHour - (hoursBack - 1) * duration.hour;
	const hours = periodsBetween("hour", from, thisHour);
	// Three days have all the hours of those that the last hours may be in.
	const days = [...new Set(hours.map(({ since }) => periodAt("day", since).since))];
	if (!budget.take(cost)) return;
	const stored = await metrics.read([
		...periodsBetween("minute", from, thisHour),
		...periodsBetween("hour", Math.min(...days), thisHour),
	]);
	const known = stored.filter(({ length }) => length === "hour");
	const added = hours
		.filter(({ since }) => !known.some((hour) => hour.since === since))
		.map((hour) => ({
			...hour,
			counts: addCounts(
				stored
					.filter(({ length, since }) => length === "minute" && periodAt("hour", since).since === hour.since)
					.map(({ counts }) => counts),
			),
		}))
		.filter(({ counts }) => Object.keys(counts).length > 0);
	if (added.length === 0) return;
	const changedDays = days.filter((day) => added.some(({ since }) => periodAt("day", since).since === day));
	await metrics.store([
		...added,
		...changedDays.map((day) => ({
			length: "day" as const,
			since: day,
			counts: withoutTyped(
				addCounts(
					[...known, ...added]
						.filter(({ since }) => periodAt("day", since).since === day)
						.map(({ counts }) => counts),
				),
			),
		})),
	]);
}

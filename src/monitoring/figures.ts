import { addCounts, type Counts, sumOf } from "./metrics.ts";
import { duration, type PeriodCounts, periodAt, periodsBetween } from "./periods.ts";
import { type PlanUse, planUse } from "./plan.ts";
import type { MetricsRepository } from "./repository.ts";

/** The figures of the blog up to an instant; periods without any count are among them. */
export type Figures = {
	/** The last hour by minute, the last two days by hour and the last thirty days by day; the last one is not over. */
	minutes: readonly PeriodCounts[];
	hours: readonly PeriodCounts[];
	days: readonly PeriodCounts[];
	/** The last hour, this day (UTC), and the last seven days. */
	lastHour: Counts;
	today: Counts;
	week: Counts;
};

/** Minutes, hours and days that are shown. */
const shown = { minute: 60, hour: 48, day: 30 } as const;

/** Reads the figures. Hours that have not been added up yet are made of their minutes. */
export async function readFigures(metrics: MetricsRepository, now: number): Promise<Figures> {
	const last = (length: keyof typeof duration, count: number) =>
		periodsBetween(length, periodAt(length, now).since - (count - 1) * duration[length], now + 1);
	const wanted = {
		minutes: last("minute", 2 * shown.minute),
		hours: last("hour", 7 * 24),
		days: last("day", shown.day),
	};
	const stored = await metrics.read([...wanted.minutes, ...wanted.hours, ...wanted.days]);
	const found = new Map(stored.map(({ length, since, counts }) => [`${length} ${since}`, counts]));
	const countsOf = ({ length, since }: { length: string; since: number }) => found.get(`${length} ${since}`);
	const minutes = wanted.minutes.map((minute) => ({ ...minute, counts: countsOf(minute) ?? {} }));
	const hours = wanted.hours.map((hour) => ({
		...hour,
		counts:
			countsOf(hour) ??
			addCounts(
				minutes
					.filter(({ since }) => since >= hour.since && since < hour.since + duration.hour)
					.map(({ counts }) => counts),
			),
	}));
	const today = periodAt("day", now).since;
	const hoursOf = (day: number) =>
		hours.filter(({ since }) => since >= day && since < day + duration.day).map(({ counts }) => counts);
	const days = wanted.days.map((day) => ({
		...day,
		counts: (day.since === today ? null : countsOf(day)) ?? addCounts(hoursOf(day.since)),
	}));
	return {
		minutes: minutes.slice(-shown.minute),
		hours: hours.slice(-shown.hour),
		days,
		lastHour: addCounts(minutes.slice(-shown.minute).map(({ counts }) => counts)),
		today: addCounts(hoursOf(today)),
		week: addCounts(hours.map(({ counts }) => counts)),
	};
}

/** Returns how much of each limit of the free plan this day has used, as far as the Worker knows. */
export function planUseOf(
	{ today, lastHour }: Figures,
	databaseSize: number | null,
	now: number,
): readonly PlanUse[] {
	return [
		planUse("requests", sumOf(today, "requests"), sumOf(lastHour, "requests"), now),
		planUse("rowsRead", sumOf(today, "rows_read"), sumOf(lastHour, "rows_read"), now),
		planUse("rowsWritten", sumOf(today, "rows_written"), sumOf(lastHour, "rows_written"), now),
		...(databaseSize === null ? [] : [planUse("databaseSize", databaseSize, 0, now)]),
	];
}

import { addCounts, type Counts, sumOf } from "./metrics.ts";
import { duration, type PeriodCounts, periodAt, periodsBetween } from "./periods.ts";
import { type PlanUse, type PlatformUse, planUse } from "./plan.ts";
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

/** The figures that warnings are about: the last ten minutes, the last hour and this day. */
export type RecentFigures = Pick<Figures, "lastHour" | "today"> & { lastMinutes: Counts };

/** Minutes in which a burst of errors or spam is one. */
const burstMinutes = 10;

/** Reads the recent figures, of which there are fewer. */
export async function readRecentFigures(metrics: MetricsRepository, now: number): Promise<RecentFigures> {
	const today = periodAt("day", now).since;
	const lastHour = now - duration.hour;
	const since = Math.min(lastHour, periodAt("hour", now).since - duration.hour);
	const stored = await metrics.read([
		...periodsBetween("minute", since, now + 1),
		...periodsBetween("hour", today, now + 1),
	]);
	const minutes = stored.filter(({ length }) => length === "minute");
	const hours = stored.filter(({ length }) => length === "hour");
	const isAdded = (instant: number) => hours.some((hour) => hour.since === periodAt("hour", instant).since);
	const sumSince = (from: number) =>
		addCounts(minutes.filter((minute) => minute.since > from).map(({ counts }) => counts));
	return {
		lastMinutes: sumSince(now - burstMinutes * duration.minute),
		lastHour: sumSince(lastHour),
		today: addCounts([
			...hours.map(({ counts }) => counts),
			...minutes
				.filter((minute) => minute.since >= today && !isAdded(minute.since))
				.map(({ counts }) => counts),
		]),
	};
}

/**
 * Returns how much of each limit of the free plan this day has used: by the totals of the platform, or else as far as the
 * Worker knows.
 */
export function planUseOf(
	{ today, lastHour }: Pick<Figures, "today" | "lastHour">,
	databaseSize: number | null,
	totals: PlatformUse | null,
	now: number,
): readonly PlanUse[] {
	const daily = [
		["requests", "requests"],
		["rowsRead", "rows_read"],
		["rowsWritten", "rows_written"],
	] as const;
	return [
		...daily.map(([limit, metric]) =>
			planUse(limit, totals?.[limit] ?? sumOf(today, metric), sumOf(lastHour, metric), now),
		),
		...(databaseSize === null ? [] : [planUse("databaseSize", databaseSize, 0, now)]),
	];
}

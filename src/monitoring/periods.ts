import type { Counts } from "./metrics.ts";

/** The lengths of the periods that figures are kept for. */
export const periodLengths = ["minute", "hour", "day"] as const;
export type PeriodLength = (typeof periodLengths)[number];

/** A period of UTC: its length, and when it began (epoch milliseconds). */
export type Period = { length: PeriodLength; since: number };

/** The counts of a period. */
export type PeriodCounts = Period & { counts: Counts };

/** Milliseconds of each length. */
export const duration: Readonly<Record<PeriodLength, number>> = {
	minute: 60_000,
	hour: 3_600_000,
	day: 86_400_000,
};

/** Rows of each length: a later period takes the row of an earlier one, so that nothing has to be deleted. */
const kept: Readonly<Record<PeriodLength, number>> = { minute: 180, hour: 8 * 24, day: 400 };

/** Returns the period of a length that an instant is in. */
export function periodAt(length: PeriodLength, instant: number): Period {
	return { length, since: Math.floor(instant / duration[length]) * duration[length] };
}

/** Returns the row of a period. */
export const slotOf = ({ length, since }: Period) => Math.floor(since / duration[length]) % kept[length];

/** Returns the periods of a length from one instant up to another, without the one that is just beginning there. */
export function periodsBetween(length: PeriodLength, from: number, to: number): Period[] {
	const periods: Period[] = [];
	for (let { since } = periodAt(length, from); since < to; since += duration[length])
		periods.push({ length, since });
	return periods;
}

/** Writes that a minute has room for, by all isolates together: they bound the rows that figures cost in a day. */
export const writesPerMinute = 3;

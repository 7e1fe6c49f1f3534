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

/** The use of a day's limits by the whole account, as the platform counts it. */
export type PlatformUse = Readonly<Record<Exclude<PlanLimit, "databaseSize">, number>>;

/** Reads the account's use of a day (ISO 8601, UTC) from the platform. */
export type PlatformTotals = (date: string) => Promise<PlatformUse>;

/** Milliseconds for which an isolate repeats what the platform answered, or that it did not. */
const totalsMemory = 5 * 60_000;

/** Returns the use of the day that an instant is in; null where the platform is not asked, or fails, which `onFailure` hears. */
export function rememberedTotals(
	read: PlatformTotals | null,
	onFailure: (error: unknown) => void,
): (now: number) => Promise<PlatformUse | null> {
	let known: { use: PlatformUse | null; at: number } | null = null;
	return async (now) => {
		if (read === null) return null;
		const isOfToday = known !== null && periodAt("day", known.at).since === periodAt("day", now).since;
		if (known === null || !isOfToday || now < known.at || now - known.at >= totalsMemory) {
			const use = await read(new Date(now).toISOString().slice(0, 10)).catch((error: unknown) => {
				onFailure(error);
				return null;
			});
			known = { use, at: now };
		}
		return known.use;
	};
}

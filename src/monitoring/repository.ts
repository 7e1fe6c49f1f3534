import type { Counts } from "./metrics.ts";
import type { Period, PeriodCounts } from "./periods.ts";

/** Stores the counts of periods. */
export type MetricsRepository = {
	/** Adds counts to a minute, unless it has had as many writes as it has room for; returns whether it did. */
	add(minute: Period, counts: Counts): Promise<boolean>;
	/** Returns those of the periods that were stored. */
	read(periods: readonly Period[]): Promise<PeriodCounts[]>;
	/** Stores the counts of whole periods, in place of any stored before. */
	store(periods: readonly PeriodCounts[]): Promise<void>;
};

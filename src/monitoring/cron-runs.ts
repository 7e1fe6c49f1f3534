/** Stores when the cron trigger ran. */
export type CronRuns = {
	/** Records a run, unless one was recorded within `interval` milliseconds; returns whether it did. */
	record(now: number, interval: number): Promise<boolean>;
};

/** The hourly quota of a network for first reactions: those of visitors without a cookie. */
export type FirstReactionQuota = {
	/** Hours since the epoch. */
	hour: number;
	/** Keyed digest of the network, never its address. */
	network: string;
	/** Most first reactions of one network in an hour. */
	limit: number;
};

const hourLength = 3_600_000;

/** Returns the hour of `now` (epoch milliseconds), counted from the epoch. */
export function hourOf(now: number): number {
	return Math.floor(now / hourLength);
}

/** Returns the seconds from `now` (epoch milliseconds) until the quota resets. */
export function secondsUntilNextHour(now: number): number {
	return Math.ceil((hourLength - (now % hourLength)) / 1000);
}

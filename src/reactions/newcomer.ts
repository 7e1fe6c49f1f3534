/** A visitor without a cookie, as far as they can be counted: by their network, for an hour. */
export type Newcomer = {
	/** Hours since the epoch. */
	hour: number;
	/** Keyed digest of the network, never its address. */
	network: string;
	/** How many newcomers of one network may react in an hour. */
	limit: number;
};

const hourLength = 3_600_000;

/** The hour that the instant `now` (epoch milliseconds) is in, counted from the epoch. */
export function hourOf(now: number): number {
	return Math.floor(now / hourLength);
}

/** Seconds from `now` (epoch milliseconds) until newcomers are counted from none again. */
export function secondsUntilNextHour(now: number): number {
	return Math.ceil((hourLength - (now % hourLength)) / 1000);
}

import type { Site } from "../posts/site.ts";

/** Kinds of writes that are limited: comments and their edits, reactions, requests for mails, reports of comments. */
export const writeKinds = ["comment", "reaction", "mail", "report"] as const;

export type WriteKind = (typeof writeKinds)[number];

/** Most writes of one kind from one network in an hour, and on the whole site in a day (UTC, as D1 counts its days). */
export type WriteLimit = Site["limits"]["comment"];

/** The limit of reports, which nobody needs to change. */
const reportLimit: WriteLimit = { perHour: 10, perDay: 100 };

/** Returns the limit of a kind of writes. */
export const limitOf = (kind: WriteKind, limits: Site["limits"]): WriteLimit =>
	kind === "report" ? reportLimit : limits[kind];

/** The part of the site's day that one network may use, so that it cannot keep all others from writing. */
export const networkShare = 1 / 4;

/** Returns the most writes of one network in a day. */
export const networkDay = ({ perDay }: WriteLimit): number => Math.max(1, Math.floor(perDay * networkShare));

/** The limit that a write would exceed, and the whole seconds until its period ends. */
export type ReachedLimit = { of: "network's hour" | "network's day" | "site's day"; retryAfter: number };

/** The starts of the periods in which writes are counted (epoch milliseconds). */
export type Periods = { hour: number; day: number };

/** A write to count at `now` (epoch milliseconds). */
export type Write = { kind: WriteKind; network: string | null; limit: WriteLimit; now: number };

/** The counts of writes, which nothing a visitor does decreases. */
export type WriteCounts = {
	/**
	 * Counts a write in one statement, so that concurrent ones cannot pass a limit together. Returns null, or without counting
	 * whose limit is reached. A write from an unknown network (null) counts for the site only.
	 */
	add(write: Write): Promise<ReachedLimit["of"] | null>;
	/** Deletes counts of periods that began before an instant. */
	prune(before: number): Promise<void>;
};

const hour = 3_600_000;
const day = 24 * hour;

/** Returns the periods that an instant (epoch milliseconds) is in. */
export const periodsAt = (now: number): Periods => ({ hour: now - (now % hour), day: now - (now % day) });

/** Returns the limit that refuses a write at `now` (epoch milliseconds), with the time until its period ends. */
export function reachedLimitAt(now: number, of: ReachedLimit["of"]): ReachedLimit {
	const periods = periodsAt(now);
	const end = of === "network's hour" ? periods.hour + hour : periods.day + day;
	return { of, retryAfter: Math.ceil((end - now) / 1000) };
}

/** Counts a write, or returns the limit that refuses it. */
export async function countWrite(counts: WriteCounts, write: Write): Promise<ReachedLimit | null> {
	const reached = await counts.add(write);
	return reached === null ? null : reachedLimitAt(write.now, reached);
}

// SQL text: an upsert of two rows on the condition that all counts are below their limits, which Drizzle cannot express.
import type { D1Database, D1PreparedStatement, D1Result } from "@cloudflare/workers-types";
import { lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import * as v from "valibot";
import {
	networkDay,
	periodsAt,
	type ReachedLimit,
	type Write,
	type WriteCounts,
	type WriteKind,
} from "../comments/write-limits.ts";
import { writeCounts } from "./schema.ts";
import { flag, row, statement } from "./statement.ts";

type Values = { kind: WriteKind; network: string | null; hour: number; day: number };
type Limits = { perHour: number; perNetworkDay: number; perDay: number };

const hourIsFull = `EXISTS (
	SELECT 1 FROM write_counts WHERE network = :network AND kind = :kind AND since = :hour AND count >= :perHour
)`;

/** The network's day is the sum of its hours, so that counting a write writes no further row. */
const dayIsFull = `(
	SELECT coalesce(sum(count), 0) FROM write_counts
	WHERE network = :network AND kind = :kind AND since >= :day AND since <= :hour
) >= :perNetworkDay`;

const siteIsFull = `EXISTS (
	SELECT 1 FROM write_counts WHERE network = '' AND kind = :kind AND since = :day AND count >= :perDay
)`;

/** Adds one to the network's hour and to the site's day, or to neither. */
const addWrite = statement<Values & Limits, { network: string }>(
	`INSERT INTO write_counts (since, network, kind, count)
	SELECT column1, column2, :kind, 1 FROM (VALUES (:hour, :network), (:day, ''))
	WHERE column2 IS NOT NULL AND NOT ${hourIsFull} AND NOT ${dayIsFull} AND NOT ${siteIsFull}
	ON CONFLICT (network, kind, since) DO UPDATE SET count = count + 1
	RETURNING network`,
	row({ network: v.string() }),
);

const selectReached = statement<Values & Limits, { hour: boolean; day: boolean; site: boolean }>(
	`SELECT ${hourIsFull} AS hour, ${dayIsFull} AS day, ${siteIsFull} AS site`,
	row({ hour: flag, day: flag, site: flag }),
);

/** Binds the statement that counts a write, for a batch; it changes nothing if a limit is reached. */
export const bindWrite = (d1: D1Database, write: Write): D1PreparedStatement =>
	addWrite.bind(d1, valuesOf(write));

/** Whether {@link bindWrite} counted the write, given its result. */
export const wasCounted = (result: D1Result | undefined): boolean => addWrite.rows(result).length > 0;

/** Binds the statement that looks for a limit without counting, for a batch. */
export const bindReached = (d1: D1Database, write: Write): D1PreparedStatement =>
	selectReached.bind(d1, valuesOf(write));

/** Returns the limit that refuses a write, given the result of {@link bindReached}; null if there is none. */
export function reachedIn(result: D1Result | undefined): ReachedLimit["of"] | null {
	const [reached] = selectReached.rows(result);
	if (reached?.day) return "network's day";
	if (reached?.hour) return "network's hour";
	return reached?.site ? "site's day" : null;
}

/** Returns the limit that has just refused a write. */
export const findReached = async (d1: D1Database, write: Write): Promise<ReachedLimit["of"]> =>
	reachedIn(await bindReached(d1, write).all()) ?? "site's day";

function valuesOf({ kind, network, limit, now }: Write): Values & Limits {
	const { perHour, perDay } = limit;
	return { kind, network, ...periodsAt(now), perHour, perNetworkDay: networkDay(limit), perDay };
}

/** Counts of writes in D1, one row for each network and hour, and one for each day of the site. */
export function writeCountRepository(d1: D1Database): WriteCounts {
	const db = drizzle(d1);

	return {
		add: async (write) => (wasCounted(await bindWrite(d1, write).all()) ? null : findReached(d1, write)),

		async prune(before) {
			await db.delete(writeCounts).where(lt(writeCounts.since, before));
		},
	};
}

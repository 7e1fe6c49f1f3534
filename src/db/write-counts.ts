// SQL text: an upsert of two rows on the condition that both are below their limits, which Drizzle cannot express.
import type { D1Database } from "@cloudflare/workers-types";
import { lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import * as v from "valibot";
import type { WriteCounts, WriteKind } from "../comments/write-limits.ts";
import { writeCounts } from "./schema.ts";
import { flag, row, statement } from "./statement.ts";

type Values = { kind: WriteKind; network: string | null; hour: number; day: number };
type Limits = { perHour: number; perDay: number };

const networkIsFull = `EXISTS (
	SELECT 1 FROM write_counts WHERE since = :hour AND network = :network AND kind = :kind AND count >= :perHour
)`;

const siteIsFull = `EXISTS (
	SELECT 1 FROM write_counts WHERE since = :day AND network = '' AND kind = :kind AND count >= :perDay
)`;

/** Adds one to the network's hour and to the site's day, or to neither. */
const addWrite = statement<Values & Limits, { network: string }>(
	`INSERT INTO write_counts (since, network, kind, count)
	SELECT column1, column2, :kind, 1 FROM (VALUES (:hour, :network), (:day, ''))
	WHERE column2 IS NOT NULL AND NOT ${networkIsFull} AND NOT ${siteIsFull}
	ON CONFLICT (since, network, kind) DO UPDATE SET count = count + 1
	RETURNING network`,
	row({ network: v.string() }),
);

const selectReached = statement<Omit<Values, "day"> & Pick<Limits, "perHour">, { network: boolean }>(
	`SELECT ${networkIsFull} AS network`,
	row({ network: flag }),
);

/** Counts of writes in D1, one row for each network and hour, and one for each day of the site. */
export function writeCountRepository(d1: D1Database): WriteCounts {
	const db = drizzle(d1);

	return {
		async add(kind, network, { perHour, perDay }, { hour, day }) {
			const counted = await addWrite.all(d1, { kind, network, hour, day, perHour, perDay });
			if (counted.length > 0) return null;
			const reached = await selectReached.first(d1, { kind, network, hour, perHour });
			return reached?.network === true ? "network" : "site";
		},

		async prune(before) {
			await db.delete(writeCounts).where(lt(writeCounts.since, before));
		},
	};
}

// SQL text: the insert takes the first of a minute's rows that no other isolate has taken; periods are found by a list.
import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import { addCounts } from "../monitoring/metrics.ts";
import { type Period, periodLengths, slotOf, writesPerMinute } from "../monitoring/periods.ts";
import type { MetricsRepository } from "../monitoring/repository.ts";
import { json, row, statement } from "./statement.ts";

/** Counts of a minute are not added up when they are written: merging their labels would read each as a row. */
const addToMinute = statement<{ slot: number; since: number; counts: string }, { slot: number }>(
	`INSERT INTO metrics (length, slot, since, counts)
	SELECT 'minute', :slot + taken, :since, :counts FROM (
		SELECT count(*) AS taken FROM metrics
		WHERE length = 'minute' AND slot >= :slot AND slot < :slot + ${writesPerMinute} AND since = :since
	) WHERE taken < ${writesPerMinute}
	ON CONFLICT (length, slot) DO UPDATE SET since = excluded.since, counts = excluded.counts
	RETURNING slot`,
	row({ slot: v.number() }),
);

const selectPeriods = statement<
	{ periods: string },
	{ length: Period["length"]; since: number; counts: Record<string, number> }
>(
	`SELECT m.length, m.since, m.counts FROM json_each(:periods) AS wanted
	CROSS JOIN metrics AS m ON m.length = wanted.value ->> 'length' AND m.slot >= wanted.value ->> 'slot' AND m.slot < (wanted.value ->> 'slot') + (wanted.value ->> 'rows')
	WHERE m.since = wanted.value ->> 'since'`,
	row({
		length: v.picklist(periodLengths),
		since: v.number(),
		counts: json(v.record(v.string(), v.number())),
	}),
);

const storePeriods = statement<{ periods: string }>(
	`INSERT INTO metrics (length, slot, since, counts)
	SELECT value ->> 'length', value ->> 'slot', value ->> 'since', value -> 'counts' FROM json_each(:periods) WHERE true
	ON CONFLICT (length, slot) DO UPDATE SET since = excluded.since, counts = excluded.counts`,
);

/** The figures in D1: a few rows for each minute of three hours, one for each hour of eight days and day of 400. */
export function metricsRepository(d1: D1Database): MetricsRepository {
	const rowsOf = ({ length }: Period) => (length === "minute" ? writesPerMinute : 1);
	const withSlots = <P extends Period>(periods: readonly P[]) =>
		JSON.stringify(
			periods.map((period) => ({ ...period, slot: slotOf(period) * rowsOf(period), rows: rowsOf(period) })),
		);
	return {
		async add(minute, counts) {
			const slot = slotOf(minute) * writesPerMinute;
			const values = { slot, since: minute.since, counts: JSON.stringify(counts) };
			return (await addToMinute.first(d1, values)) !== null;
		},
		async read(periods) {
			const rows = await selectPeriods.all(d1, { periods: withSlots(periods) });
			return [...Map.groupBy(rows, ({ length, since }) => `${length} ${since}`).values()].flatMap(
				([first, ...others]) =>
					first === undefined
						? []
						: [{ ...first, counts: addCounts([first, ...others].map(({ counts }) => counts)) }],
			);
		},
		async store(periods) {
			await storePeriods.run(d1, { periods: withSlots(periods) });
		},
	};
}

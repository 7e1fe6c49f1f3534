import { describe, expect, it } from "vitest";
import { createBudget } from "../../../src/budget.ts";
import { createCounters } from "../../../src/monitoring/counters.ts";
import { planUseOf, readFigures } from "../../../src/monitoring/figures.ts";
import {
	addCounts,
	type Counts,
	labelsOf,
	metricLabels,
	otherLabel,
	sumOf,
	waitingClass,
} from "../../../src/monitoring/metrics.ts";
import { type PeriodCounts, periodAt, slotOf, writesPerMinute } from "../../../src/monitoring/periods.ts";
import { planUse } from "../../../src/monitoring/plan.ts";
import type { MetricsRepository } from "../../../src/monitoring/repository.ts";
import { rollUp } from "../../../src/monitoring/roll-up.ts";
import { countedAs, mayBeCounted, missingLabel, splitMissing } from "../../../src/monitoring/typed-text.ts";
import { createCountWriter } from "../../../src/monitoring/write-counts.ts";

const noon = Date.parse("2026-01-01T12:00:00Z");
const minute = 60_000;
const hour = 60 * minute;

/** The figures in memory, with the bound on a minute's writes. */
function metricsInMemory() {
	const rows = new Map<string, PeriodCounts & { writes: number }>();
	const key = (period: PeriodCounts | { length: string; since: number }) =>
		`${period.length} ${period.since}`;
	const repository: MetricsRepository = {
		async add(period, counts) {
			const row = rows.get(key(period)) ?? { ...period, counts: {}, writes: 0 };
			if (row.writes >= writesPerMinute) return false;
			rows.set(key(period), { ...row, counts: addCounts([row.counts, counts]), writes: row.writes + 1 });
			return true;
		},
		read: async (periods) => periods.flatMap((period) => rows.get(key(period)) ?? []),
		async store(periods) {
			for (const period of periods) rows.set(key(period), { ...period, writes: 1 });
		},
	};
	return { rows, repository };
}

describe("counts", () => {
	it("are added by metric and label", () => {
		const counts = addCounts([{ "requests hit": 2, "requests miss": 1 }, { "requests hit": 3 }]);
		expect(counts).toEqual({ "requests hit": 5, "requests miss": 1 });
		expect(sumOf(counts, "requests")).toBe(6);
		expect(labelsOf(counts, "requests")).toEqual([
			["hit", 5],
			["miss", 1],
		]);
	});

	it("keep the most counted labels of a metric, and the sum of all", () => {
		const labels = Array.from(
			{ length: 3 * metricLabels.views },
			(_, at) => [`views p${at}`, at + 1] as const,
		);
		const counts = addCounts([Object.fromEntries(labels), { [`views ${otherLabel}`]: 7 }]);
		const kept = labelsOf(counts, "views").filter(([label]) => label !== otherLabel);
		expect(kept).toHaveLength(metricLabels.views);
		expect(kept[0]).toEqual([`p${3 * metricLabels.views - 1}`, 3 * metricLabels.views]);
		expect(sumOf(counts, "views")).toBe(labels.reduce((sum, [, count]) => sum + count, 7));
	});

	it("of an isolate are bounded too, whatever addresses are asked for", () => {
		const counters = createCounters();
		for (let at = 0; at < 10_000; at++) counters.count("missing", `/${at} evil.example`);
		const counts = counters.take();
		expect(Object.keys(counts).length).toBe(metricLabels.missing + 1);
		expect(sumOf(counts, "missing")).toBe(10_000);
		expect(counters.isEmpty()).toBe(true);
	});

	it("have classes of waiting", () => {
		expect([0, 10, 11, 2500, 2501].map(waitingClass)).toEqual(["10", "10", "50", "2500", "+Inf"]);
	});
});

describe("text that people typed", () => {
	it("is counted without case and width, and not if it may be an address or a number of a person", () => {
		expect(countedAs(" ＣＡＴＳ ")).toBe("cats");
		expect(Array.from(countedAs("猫".repeat(100)))).toHaveLength(60);
		expect(["cats", "top 10 of 2024"].map(mayBeCounted)).toEqual([true, true]);
		expect(["ann@mail.example", "+81 90-1234-5678"].map(mayBeCounted)).toEqual([false, false]);
	});

	it("of an address has no token and no e-mail address, and of a referrer only the host", () => {
		const label = missingLabel("/old/aaaaaaaa.bbbbbbbb.cccccccc/x", "https://blog.example:8080/secret?q=1");
		expect(splitMissing(label)).toEqual({ path: "/old/%E2%80%A6/x", host: "blog.example:8080" });
		expect(missingLabel("/ann@mail.example/", "")).toBe("/%E2%80%A6/ ");
		expect(missingLabel("/猫 と/", "android-app://x/").split(" ")).toEqual(["/%E7%8C%AB%20%E3%81%A8/", ""]);
	});
});

describe("the writer of an isolate's counts", () => {
	it("gathers what is counted meanwhile and stores it once", async () => {
		const { rows, repository } = metricsInMemory();
		const counters = createCounters();
		const writer = createCountWriter(counters, repository);
		let go = (_: boolean) => {};
		const clock = { now: () => noon, wait: () => new Promise<boolean>((resolve) => (go = resolve)) };
		counters.count("requests", "hit");
		const gathering = writer.gather(clock);
		counters.count("requests", "hit");
		expect(writer.gather(clock)).toBe(null);
		go(true);
		await gathering;
		expect([...rows.values()].map(({ counts, writes }) => [counts, writes])).toEqual([
			[{ "requests hit": 2 }, 1],
		]);
		expect(writer.gather(clock)).not.toBe(null);
	});

	it("keeps what fails or has no room, and stores it with the next", async () => {
		const { rows, repository } = metricsInMemory();
		const counters = createCounters();
		let fails = true;
		const writer = createCountWriter(counters, {
			...repository,
			add: (...given) => (fails ? Promise.reject(new Error("down")) : repository.add(...given)),
		});
		counters.count("requests", "hit");
		await writer.write(noon);
		fails = false;
		for (let at = 0; at < 10; at++) {
			counters.count("requests", "hit");
			await writer.write(noon);
		}
		expect([...rows.values()][0]).toMatchObject({ counts: { "requests hit": 4 }, writes: 3 });
		await writer.write(noon + minute);
		expect([...rows.values()][1]).toMatchObject({ counts: { "requests hit": 7 }, writes: 1 });
	});
});

describe("figures", () => {
	async function withMinutes(counts: Counts, from: number, count: number) {
		const memory = metricsInMemory();
		for (let at = 0; at < count; at++)
			await memory.repository.add(periodAt("minute", from + at * minute), counts);
		return memory;
	}

	it("of minutes become those of hours and days, without what people typed in a day's", async () => {
		const counts = { "requests hit": 2, "empty_searches cats": 1, "missing /x ": 1 };
		const { rows, repository } = await withMinutes(counts, noon - 2 * hour, 120);
		await rollUp(repository, createBudget(), noon + 5 * minute);
		const stored = [...rows.values()].filter(({ length }) => length !== "minute");
		expect(stored.map(({ length, since, counts }) => [length, since, counts])).toEqual([
			["hour", noon - 2 * hour, { "requests hit": 120, "empty_searches cats": 60, "missing /x ": 60 }],
			["hour", noon - hour, { "requests hit": 120, "empty_searches cats": 60, "missing /x ": 60 }],
			["day", noon - 12 * hour, { "requests hit": 240 }],
		]);
		const before = JSON.stringify([...rows]);
		await rollUp(repository, createBudget(), noon + 10 * minute);
		expect(JSON.stringify([...rows])).toBe(before);
	});

	it("are whole before and after hours are added up, and across midnight", async () => {
		const midnight = noon + 12 * hour;
		const { repository } = await withMinutes({ "requests hit": 1 }, midnight - hour, 90);
		const before = await readFigures(repository, midnight + 30 * minute - 1);
		await rollUp(repository, createBudget(), midnight + 5 * minute);
		const now = midnight + 30 * minute - 1;
		const figures = await readFigures(repository, now);
		for (const each of [before, figures]) {
			expect(sumOf(each.week, "requests")).toBe(90);
			expect(sumOf(each.today, "requests")).toBe(30);
			expect(sumOf(each.lastHour, "requests")).toBe(60);
			expect(each.days.map(({ counts }) => sumOf(counts, "requests")).slice(-2)).toEqual([60, 30]);
			expect([each.minutes.length, each.hours.length, each.days.length]).toEqual([60, 48, 30]);
		}
	});

	it("take the rows of periods long past", () => {
		const slots = new Set(
			Array.from({ length: 1000 }, (_, at) => slotOf(periodAt("minute", noon + at * minute))),
		);
		expect(slots.size).toBe(180);
	});
});

describe("the use of the plan", () => {
	it("runs out at the rate of the last hour, if that is today", () => {
		expect(planUse("requests", 90_000, 5_000, noon).runsOutAt).toBe(noon + 2 * hour);
		expect(planUse("requests", 90_000, 500, noon).runsOutAt).toBe(null);
		expect(planUse("requests", 100_000, 0, noon).runsOutAt).toBe(noon);
		expect(planUse("requests", 0, 0, noon)).toEqual({
			limit: "requests",
			used: 0,
			of: 100_000,
			runsOutAt: null,
		});
	});

	it("is that of this day, and of the database when its size is known", async () => {
		const { repository } = metricsInMemory();
		await repository.add(periodAt("minute", noon), { "rows_written ": 7 });
		const uses = planUseOf(await readFigures(repository, noon), 5_000_000, null, noon);
		expect(uses.map(({ limit, used }) => [limit, used])).toEqual([
			["requests", 0],
			["rowsRead", 0],
			["rowsWritten", 7],
			["databaseSize", 5_000_000],
		]);
	});
});

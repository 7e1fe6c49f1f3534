import { type Counts, type Metric, metricKey, metricLabels, otherLabel } from "./metrics.ts";

/** The counts of one isolate that are not stored yet. */
export type Counters = {
	count(metric: Metric, label?: string, by?: number): void;
	/** Returns all counts and begins at zero. */
	take(): Counts;
	/** Adds counts that could not be stored. */
	putBack(counts: Counts): void;
	isEmpty(): boolean;
};

/** Creates the counters of an isolate. They hold no more labels than a period does. */
export function createCounters(): Counters {
	let counts = new Map<string, number>();
	let labels = new Map<Metric, number>();
	const add = (key: string, by: number) => counts.set(key, (counts.get(key) ?? 0) + by);
	return {
		count(metric, label = "", by = 1) {
			const key = metricKey(metric, label);
			if (counts.has(key)) return void add(key, by);
			const known = labels.get(metric) ?? 0;
			if (known >= metricLabels[metric]) return void add(metricKey(metric, otherLabel), by);
			labels.set(metric, known + 1);
			add(key, by);
		},
		take() {
			const taken = Object.fromEntries(counts);
			counts = new Map();
			labels = new Map();
			return taken;
		},
		putBack(taken) {
			for (const [key, by] of Object.entries(taken)) add(key, by);
		},
		isEmpty: () => counts.size === 0,
	};
}

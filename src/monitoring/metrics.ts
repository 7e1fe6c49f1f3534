/** The metrics, and how many labels of each are kept apart in a period; further ones are counted together. */
export const metricLabels = {
	/** Requests by the isolate's cache: hit, miss, bypass. */
	requests: 3,
	/** Responses by the class of their status, such as `2xx`. */
	responses: 5,
	/** Requests by the milliseconds they waited: the upper bound of a class. */
	waiting: 8,
	/** The milliseconds of all requests together. */
	waiting_sum: 1,
	/** Statements, and rows as D1 bills them. */
	statements: 1,
	rows_read: 1,
	rows_written: 1,
	/** Posts and pages read, by id. */
	views: 60,
	/** New comments by their first state, and reactions. */
	comments: 4,
	reactions: 1,
	/** Searches that found nothing, by what was searched. */
	empty_searches: 30,
	/** Addresses that do not exist, by path and host of the page that links there. */
	missing: 40,
	/** Failures by the event of their line in the log, and the same by event and request id. */
	errors: 20,
	error_requests: 30,
	/** Purges of the cache in front: ok, refused. */
	purges: 2,
} as const satisfies Record<string, number>;

export type Metric = keyof typeof metricLabels;

/** Metrics whose labels people typed or sent; they are kept for hours, not for days. */
const typed: ReadonlySet<string> = new Set<Metric>(["empty_searches", "missing", "error_requests"]);

/** Counts by `metric label`; a label may be empty, or contain spaces. */
export type Counts = Readonly<Record<string, number>>;

/** The label under which the labels beyond a metric's limit are counted. */
export const otherLabel = "…";

/** Returns the key of a count. */
export const metricKey = (metric: Metric, label: string) => `${metric} ${label}`;

/** Splits a key into its metric and label. */
export function splitKey(key: string): [metric: string, label: string] {
	const at = key.indexOf(" ");
	return at < 0 ? [key, ""] : [key.slice(0, at), key.slice(at + 1)];
}

/** Adds up counts, and keeps of each metric the labels with the most. */
export function addCounts(all: readonly Counts[]): Counts {
	const byMetric = new Map<string, Map<string, number>>();
	for (const counts of all) {
		for (const [key, count] of Object.entries(counts)) {
			const [metric, label] = splitKey(key);
			const labels = byMetric.get(metric) ?? new Map<string, number>();
			byMetric.set(metric, labels);
			labels.set(label, (labels.get(label) ?? 0) + count);
		}
	}
	return Object.fromEntries(
		[...byMetric].flatMap(([metric, labels]) =>
			mostCounted(labels, metricLabels[metric as Metric] ?? 1).map(([label, count]) => [
				`${metric} ${label}`,
				count,
			]),
		),
	);
}

function mostCounted(labels: ReadonlyMap<string, number>, limit: number): [string, number][] {
	const named = [...labels].filter(([label]) => label !== otherLabel).sort(([, a], [, b]) => b - a);
	const rest = named.slice(limit).reduce((sum, [, count]) => sum + count, labels.get(otherLabel) ?? 0);
	return [...named.slice(0, limit), ...(rest > 0 ? [[otherLabel, rest] as [string, number]] : [])];
}

/** Returns the counts without those whose labels people typed or sent. */
export function withoutTyped(counts: Counts): Counts {
	return Object.fromEntries(Object.entries(counts).filter(([key]) => !typed.has(splitKey(key)[0])));
}

/** Returns the labels of a metric with their counts, most counted first. */
export function labelsOf(counts: Counts, metric: Metric): [label: string, count: number][] {
	return Object.entries(counts)
		.filter(([key]) => splitKey(key)[0] === metric)
		.map(([key, count]): [string, number] => [splitKey(key)[1], count])
		.sort(([, a], [, b]) => b - a);
}

/** Returns the sum of a metric over its labels. */
export function sumOf(counts: Counts, metric: Metric): number {
	return labelsOf(counts, metric).reduce((sum, [, count]) => sum + count, 0);
}

/** The upper bounds of the classes of waiting, in milliseconds. */
export const waitingBounds = [10, 50, 100, 250, 500, 1000, 2500] as const;

/** Returns the class of a time of waiting. */
export function waitingClass(milliseconds: number): string {
	return String(waitingBounds.find((bound) => milliseconds <= bound) ?? "+Inf");
}

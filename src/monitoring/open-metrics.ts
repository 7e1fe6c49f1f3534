import { type Counts, labelsOf, type Metric, sumOf, waitingBounds } from "./metrics.ts";

/** A value of the moment. */
export type Gauge = { name: string; help: string; unit?: string; value: number | null };

/** Writes a name's label with its value, such as `{cache="hit"}`. */
const labelled = (label: string | null, value: string) =>
	label === null ? "" : `{${label}="${escapeLabel(value)}"}`;

/** The counters, by the name in the text format: the metric, its label's name (null for none), and its description. */
const counters: readonly [name: string, metric: Metric, label: string | null, help: string][] = [
	["requests", "requests", "cache", "Requests that reached the Worker, by the isolate's cache."],
	["responses", "responses", "class", "Responses by the class of their status."],
	["comments", "comments", "state", "New comments by their first state."],
	["reactions", "reactions", null, "Reactions."],
	["errors", "errors", "event", "Failures by their event in the log."],
	["purges", "purges", "result", "Purges of the cache in front."],
	["database_statements", "statements", null, "Statements run in D1."],
	["database_rows_read", "rows_read", null, "Rows that D1 told the Worker it read."],
	["database_rows_written", "rows_written", null, "Rows that D1 told the Worker it wrote."],
];

/**
 * Writes figures in the text format of OpenMetrics 1.0. Counters begin anew each day, at `since` (epoch milliseconds), which
 * `_created` says.
 */
export function openMetricsText(
	today: Counts,
	gauges: readonly Gauge[],
	{ since, version }: { since: number; version: string | null },
): string {
	const created = since / 1000;
	const families = [
		...counters.flatMap(([name, metric, label, help]) =>
			counterLines(
				`edgecat_${name}`,
				help,
				label === null ? [["", sumOf(today, metric)]] : labelsOf(today, metric),
				label,
				created,
			),
		),
		...waitingLines(today, created),
		...gauges.flatMap(gaugeLines),
		"# TYPE edgecat_build info",
		"# HELP edgecat_build The deployed version.",
		`edgecat_build_info{version="${escapeLabel(version ?? "unknown")}"} 1`,
		"# EOF",
	];
	return `${families.join("\n")}\n`;
}

function counterLines(
	name: string,
	help: string,
	values: readonly [string, number][],
	label: string | null,
	created: number,
): string[] {
	return [
		`# TYPE ${name} counter`,
		`# HELP ${name} ${help}`,
		...values.flatMap(([value, count]) => [
			`${name}_total${labelled(label, value)} ${count}`,
			`${name}_created${labelled(label, value)} ${created}`,
		]),
	];
}

/** The times that requests waited, as a histogram: each bucket counts those of the ones below it, too. */
function waitingLines(today: Counts, created: number): string[] {
	const name = "edgecat_waiting_seconds";
	const classes = new Map(labelsOf(today, "waiting"));
	let below = 0;
	const buckets = [...waitingBounds, "+Inf"].map((bound) => {
		below += classes.get(String(bound)) ?? 0;
		const le = typeof bound === "number" ? String(bound / 1000).replace(/^(\d+)$/, "$1.0") : bound;
		return `${name}_bucket{le="${le}"} ${below}`;
	});
	return [
		`# TYPE ${name} histogram`,
		`# UNIT ${name} seconds`,
		`# HELP ${name} Time that requests waited for the database and other services.`,
		...buckets,
		`${name}_count ${below}`,
		`${name}_sum ${sumOf(today, "waiting_sum") / 1000}`,
		`${name}_created ${created}`,
	];
}

function gaugeLines({ name, help, unit, value }: Gauge): string[] {
	if (value === null) return [];
	const full = `edgecat_${name}`;
	return [
		`# TYPE ${full} gauge`,
		...(unit === undefined ? [] : [`# UNIT ${full} ${unit}`]),
		`# HELP ${full} ${help}`,
		`${full} ${value}`,
	];
}

function escapeLabel(value: string): string {
	return value.replace(/[\\"\n]/g, (character) => (character === "\n" ? "\\n" : `\\${character}`));
}

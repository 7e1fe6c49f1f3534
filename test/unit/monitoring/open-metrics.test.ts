import { describe, expect, it } from "vitest";
import { openMetricsText } from "../../../src/monitoring/open-metrics.ts";

const since = Date.parse("2026-01-01T00:00:00Z");
const counts = {
	"requests hit": 7,
	"requests miss": 3,
	"responses 2xx": 10,
	"waiting 10": 6,
	"waiting 50": 3,
	"waiting +Inf": 1,
	"waiting_sum ": 4200,
	'errors the "database"\nfailed \\': 2,
	"rows_read ": 900,
	"empty_searches cats": 3,
};
const gauges = [
	{ name: "comments_waiting", help: "Comments that wait.", value: 4 },
	{ name: "database_size_bytes", unit: "bytes", help: "Size.", value: null },
];
const text = openMetricsText(counts, gauges, { since, version: null });
const lines = text.split("\n");

/** The lines of the format, from the ABNF of OpenMetrics 1.0. */
const name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const label = `[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\[\\\\"n])*"`;
const grammar = [
	`# TYPE (${name}) (counter|gauge|histogram|info)`,
	`# UNIT ${name} [a-z]+`,
	`# HELP ${name} .+`,
	`(${name})(?:\\{${label}(?:,${label})*\\})? [+-]?(?:\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)`,
	"# EOF",
].map((pattern) => new RegExp(`^${pattern}$`));

describe("the text of the metrics", () => {
	it("is of the grammar of OpenMetrics, and ends with its mark", () => {
		expect(text.endsWith("# EOF\n")).toBe(true);
		expect(lines.slice(0, -1).filter((line) => !grammar.some((pattern) => pattern.test(line)))).toEqual([]);
	});

	it("has each family once, together, with the suffixes of its type", () => {
		const suffixes: Record<string, readonly string[]> = {
			counter: ["_total", "_created"],
			histogram: ["_bucket", "_count", "_sum", "_created"],
			gauge: [""],
			info: ["_info"],
		};
		const seen = new Set<string>();
		let family = { name: "", type: "" };
		for (const line of lines.slice(0, -2)) {
			const [, named, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
			if (named !== undefined && type !== undefined) {
				expect(seen.has(named)).toBe(false);
				seen.add(named);
				family = { name: named, type };
			} else if (line.startsWith("# ")) expect(line.split(" ")[2]).toBe(family.name);
			else {
				const sample = /^[\w:]+/.exec(line)?.[0] ?? "";
				expect((suffixes[family.type] ?? []).map((suffix) => family.name + suffix)).toContain(sample);
			}
		}
		expect(seen.size).toBeGreaterThan(10);
	});

	it("has the counts, cumulative buckets and what a label needs escaped", () => {
		expect(lines).toContain('edgecat_requests_total{cache="hit"} 7');
		expect(lines).toContain(`edgecat_requests_created{cache="hit"} ${since / 1000}`);
		expect(lines).toContain("edgecat_database_rows_read_total 900");
		expect(lines).toContain('edgecat_errors_total{event="the \\"database\\"\\nfailed \\\\"} 2');
		expect(lines.filter((line) => line.includes("_bucket")).map((line) => line.split(" ")[1])).toEqual([
			...["6", "9", "9", "9", "9", "9", "9"],
			"10",
		]);
		expect(lines).toContain("edgecat_waiting_seconds_count 10");
		expect(lines).toContain("edgecat_waiting_seconds_sum 4.2");
		expect(lines).toContain("edgecat_comments_waiting 4");
	});

	it("has no value that is not known, and nothing that people typed", () => {
		expect(text).not.toContain("database_size");
		expect(text).not.toContain("cats");
	});
});

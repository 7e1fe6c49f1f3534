import { menuAdvice } from "./menus.ts";
import type { Report, Spool, Tally } from "./spool.ts";
import { wrap } from "./wrap.ts";

/** The words for kinds of records, one and many, in the order they are shown. */
const kindNames: Record<string, readonly [string, string]> = {
	post: ["post", "posts"],
	page: ["page", "pages"],
	comment: ["comment", "comments"],
	reaction: ["reaction", "reactions"],
	medium: ["media file", "media files"],
	file: ["other file", "other files"],
	term: ["category or tag", "categories and tags"],
	author: ["author", "authors"],
	link: ["menu link", "menu links"],
	subscription: ["subscription", "subscriptions"],
	reader: ["verified reader", "verified readers"],
	member: ["member", "members"],
	thread: ["closed or pinned thread", "closed or pinned threads"],
	decision: ["decision", "decisions"],
	erasure: ["erasure", "erasures"],
	other: ["other thing", "other things"],
};

/** Formats the counts of a plan or an import: a line for each kind. */
export function formatCounts(tallies: readonly Tally[], applied: boolean): string {
	const order = Object.keys(kindNames);
	const kinds = [...new Set(tallies.map(({ kind }) => kind))].sort(
		(a, b) => order.indexOf(a) - order.indexOf(b),
	);
	const rows = kinds.map((kind) => {
		const of = (outcome: Tally["outcome"]) =>
			tallies.find((tally) => tally.kind === kind && tally.outcome === outcome)?.count ?? 0;
		const total = tallies.reduce((sum, tally) => (tally.kind === kind ? sum + tally.count : sum), 0);
		const [one, many] = kindNames[kind] ?? [kind, kind];
		const parts = [
			[of("written"), applied ? "imported" : "to import"],
			[of("present"), "here already"],
			[of("reported"), "left out"],
			[of(null), "for another run"],
		] as const;
		const detail = parts
			.filter(([count]) => count > 0)
			.map(([count, what]) => `${count.toLocaleString("en")} ${what}`)
			.join(", ");
		return [`${total.toLocaleString("en")} ${total === 1 ? one : many}`, detail] as const;
	});
	const width = Math.max(0, ...rows.map(([name]) => name.length));
	return rows.map(([name, detail]) => `  ${name.padEnd(width)}  ${detail}`).join("\n");
}

/** Places shown of each sentence; the file of `--report` has all. */
const shown = 3;

/** Formats what was left out and remarked on for a terminal, the most frequent sentence first, each with its first places. */
export function formatReports(spool: Spool, width: number): string {
	const groups = new Map<string, { count: number; examples: Report[] }>();
	for (const report of spool.reports()) {
		// They are shown as lines to copy.
		if (report.kind === "link" && report.message.endsWith(menuAdvice)) continue;
		const key = `${report.kind} ${report.message.replace(/"[^"]*"|\S*\d\S*|https?:\S+/g, "…")}`;
		const group = groups.get(key) ?? { count: 0, examples: [] };
		group.count += 1;
		if (group.examples.length < shown) group.examples.push(report);
		groups.set(key, group);
	}
	const sorted = [...groups.values()].sort((a, b) => b.count - a.count);
	return sorted
		.flatMap(({ count, examples }) => [
			...examples.map((report) => wrap(sentenceOf(report), width, "  - ", "    ")),
			...(count > shown ? [`    … and ${(count - shown).toLocaleString("en")} more like it`] : []),
		])
		.join("\n");
}

/** Formats a report as a sentence with its file, without folders, and line after it. */
function sentenceOf(report: Report): string {
	const place = report.place.replace(/^.*[/\\](?=[^/\\]*$)/, "");
	if (place === "") return formatReport(report);
	if (report.kind === "file") return `${place}${/:\d+$/.test(place) ? ":" : ""} ${report.message}`;
	return `${formatReport({ ...report, place: "" })} (${place})`;
}

/** Formats a report as a line: `export.xml:12: comment has no date; it gets today's.` */
export function formatReport({ kind, place, message }: Report): string {
	if (message.startsWith('"" '))
		return formatReport({ kind: "file", place, message: `an entry without a title ${message.slice(3)}` });
	const what = /^"/.test(message) || kind === "file" ? "" : `${kindNames[kind]?.[0] ?? kind} `;
	return `${place === "" ? "" : `${place}: `}${what}${message}`;
}

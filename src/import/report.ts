import type { Report, Spool, Tally } from "./spool.ts";

/** The words for kinds of records, one and many. */
const kindNames: Record<string, readonly [string, string]> = {
	author: ["author", "authors"],
	comment: ["comment", "comments"],
	decision: ["decision", "decisions"],
	erasure: ["erasure", "erasures"],
	file: ["file", "files"],
	link: ["menu link", "menu links"],
	medium: ["media file", "media files"],
	member: ["member", "members"],
	other: ["other thing", "other things"],
	page: ["page", "pages"],
	post: ["post", "posts"],
	reaction: ["reaction", "reactions"],
	reader: ["verified reader", "verified readers"],
	subscription: ["subscription", "subscriptions"],
	term: ["category or tag", "categories and tags"],
	thread: ["closed or pinned thread", "closed or pinned threads"],
};

/** Formats the counts of a plan or an import: a line for each kind. */
export function formatCounts(tallies: readonly Tally[], applied: boolean): string {
	const kinds = [...new Set(tallies.map(({ kind }) => kind))];
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

/** Formats what was left out and remarked on, the most frequent sentence first, each with its first places. */
export function formatReports(spool: Spool): string {
	const groups = new Map<string, { count: number; examples: Report[] }>();
	for (const report of spool.reports()) {
		const key = `${report.kind} ${report.message.replace(/"[^"]*"|\S*\d\S*|https?:\S+/g, "…")}`;
		const group = groups.get(key) ?? { count: 0, examples: [] };
		group.count += 1;
		if (group.examples.length < shown) group.examples.push(report);
		groups.set(key, group);
	}
	const sorted = [...groups.values()].sort((a, b) => b.count - a.count);
	return sorted
		.map(({ count, examples }) => {
			const lines = examples.map((report) => `  ${formatReport(report)}`);
			return [
				...lines,
				...(count > shown ? [`  … and ${(count - shown).toLocaleString("en")} more like it`] : []),
			].join("\n");
		})
		.join("\n");
}

/** Formats a report as a line: `export.xml:12: comment has no date; it gets today's.` */
export function formatReport({ kind, place, message }: Report): string {
	const what = /^"/.test(message) || kind === "file" ? "" : `${kindNames[kind]?.[0] ?? kind} `;
	return `${place === "" ? "" : `${place}: `}${what}${message}`;
}

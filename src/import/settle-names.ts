import { type KnownTerms, toTerm } from "../build/terms.ts";
import { foldCase } from "../posts/paths.ts";
import { parseOldAddress } from "./addresses.ts";
import type { AuthorRecord, OtherRecord, TermRecord } from "./record.ts";
import type { Spool } from "./spool.ts";

/** Settles authors, terms and other records: names are written in the entries that use them, the rest is reported. */
export function settleNames(spool: Spool, terms: KnownTerms): void {
	const rows = spool.db
		.prepare(
			"SELECT n, source, file, body FROM records WHERE kind IN ('author', 'term', 'other') AND outcome IS NULL",
		)
		.all() as { n: number; source: string; file: string; body: string }[];
	if (rows.length === 0) return;
	const used = usedNames(spool);
	for (const { n, source, file, body } of rows) {
		const record: AuthorRecord | TermRecord | OtherRecord = JSON.parse(body);
		if (record.kind === "other") {
			spool.settle(
				n,
				"reported",
				`"${record.title}" is a ${record.type}, which has no counterpart here; left out.`,
			);
		} else if (record.kind === "author") {
			const isUsed =
				used.has(`author\0${source}\0${record.id}`) || used.has(`author\0${source}\0${record.name}`);
			if (isUsed) spool.settle(n, "written");
			else spool.settle(n, "reported", `"${record.name}" wrote none of the entries; left out.`);
		} else if (used.has(`term\0${source}\0${record.name.trim()}`)) {
			spool.settle(n, "written");
			const advice = slugAdvice(record, terms);
			if (advice !== null) spool.remark("term", file, advice);
		} else
			spool.settle(
				n,
				"reported",
				`"${record.name}" is a ${record.taxonomy === "other" ? "term" : record.taxonomy} that no entry has; left out.`,
			);
	}
}

/** Returns how to keep the old address of a category or tag whose name makes another one; null if it stays. */
function slugAdvice({ taxonomy, name, address }: TermRecord, terms: KnownTerms): string | null {
	const slug = parseOldAddress(address ?? "")
		?.path.split("/")
		.filter((segment) => segment !== "")
		.at(-1);
	if (taxonomy === "other" || slug === undefined || toTerm(name, terms).slug === foldCase(slug)) return null;
	return `"${name}" was at ${address}; to keep that, add to site.yaml, below terms:, ${JSON.stringify(name)}: { slug: ${JSON.stringify(slug)} }`;
}

/** Returns the authors and terms that written or present entries name. */
function usedNames(spool: Spool): Set<string> {
	const select = spool.db.prepare(`
		SELECT DISTINCT 'author' AS what, source, value AS name FROM records, json_each(body, '$.authors')
		WHERE class = 'post' AND outcome IN ('written', 'present')
		UNION SELECT DISTINCT 'term', source, trim(value) FROM records, json_each(body, '$.categories')
		WHERE class = 'post' AND outcome IN ('written', 'present')
		UNION SELECT DISTINCT 'term', source, trim(value) FROM records, json_each(body, '$.tags')
		WHERE class = 'post' AND outcome IN ('written', 'present')`);
	const names = new Set<string>();
	for (const row of select.iterate()) {
		const { what, source, name } = row as Record<string, string>;
		names.add(`${what}\0${source}\0${name}`);
	}
	return names;
}

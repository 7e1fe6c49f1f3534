import { afterEach, expect, it } from "vitest";
import { costOf, formatCost } from "../../../src/import/cost.ts";
import type { CommentRecord, SiteRecord } from "../../../src/import/record.ts";
import { openSpool } from "../../../src/import/spool.ts";

const spool = openSpool();
afterEach(() => spool.close());

const site: SiteRecord = { kind: "site", id: "site", source: "x", title: "", address: null, timezone: null };
const comment = (id: number, state: CommentRecord["state"]): CommentRecord => ({
	...{ kind: "comment", type: "comment", id: String(id), entry: { id: "1" }, parent: null, state, name: "A" },
	...{ email: null, website: null, text: { format: "plain", text: "x".repeat(300) }, created: { at: 0 } },
	...{ byAuthor: false, keepsNumber: false },
});

it("counts rows, days of the free plan and megabytes before anything is written", () => {
	spool.add("x", "f", site);
	for (let id = 1; id <= 20_000; id++) spool.add("x", "f", comment(id, id % 10 === 0 ? "held" : "published"));
	spool.db.exec("UPDATE comments SET post_id = 'p'");
	expect(costOf(spool)).toEqual({ comments: 20_000, rows: 18_000 * 11 + 2000 * 7 + 4, megabytes: 20 });
	expect(formatCost(spool, true)).toBe(
		[
			"The deployed database would write about 212,004 rows and grow by about 20 MB.",
			"On the free plan (100,000 rows a day) that takes 3 days, with a fifth of each left for readers: run it with --limit 7547 once a day.",
			"On the paid plan it costs nothing beyond the plan.",
		].join("\n"),
	);
});

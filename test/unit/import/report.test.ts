import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatCounts, formatReport, formatReports } from "../../../src/import/report.ts";
import { openSpool, type Spool } from "../../../src/import/spool.ts";
import { wrap } from "../../../src/import/wrap.ts";

let spool: Spool;
beforeEach(() => {
	spool = openSpool();
});
afterEach(() => spool.close());

describe("the report of an import", () => {
	it("fits a terminal, with the place after each sentence and no folder", () => {
		const shows =
			"shows https://old.example/a.jpg, which is not here; give its folder with --media, or add --fetch-media.";
		spool.remark("post", "/home/me/old/export.xml:24", `"Fog & foghorns" ${shows}`);
		spool.remark("file", "/home/me/old/export.xml", "has times without a zone.");
		spool.remark("post", "/home/me/old/export.xml:9", '"" has no date.');
		expect(formatReports(spool, 60)).toBe(`  - "Fog & foghorns" shows https://old.example/a.jpg, which
    is not here; give its folder with --media, or add
    --fetch-media. (export.xml:24)
  - export.xml has times without a zone.
  - an entry without a title has no date. (export.xml:9)`);
	});

	it("shows three of a kind, the most frequent first, and no links that are shown as lines to copy", () => {
		for (let at = 1; at <= 5; at++)
			spool.remark("comment", `a.xml:${at}`, `replies to ${at}00, which is not there.`);
		spool.remark("link", "a.xml:7", '"Home" is in the menu "Main"; add it to navigation: in site.yaml.');
		spool.remark("post", "a.xml:6", '"One" was scheduled.');
		const lines = formatReports(spool, 80).split("\n");
		expect(lines).toHaveLength(5);
		expect(lines[0]).toBe("  - comment replies to 100, which is not there. (a.xml:1)");
		expect(lines[3]).toBe("    … and 2 more like it");
		expect(Array.from(spool.reports(), formatReport)).toHaveLength(7);
	});

	it("counts posts first", () => {
		const count = (kind: string) => ({ kind, outcome: "written" as const, count: 1 });
		expect(formatCounts([count("author"), count("comment"), count("post")], false)).toBe(
			"  1 post     1 to import\n  1 comment  1 to import\n  1 author   1 to import",
		);
	});
});

describe("wrapping", () => {
	it("counts wide characters twice and breaks no word", () => {
		expect(wrap("霧笛 が 聞こえ ました", 10, "", "  ")).toBe("霧笛 が\n  聞こえ\n  ました");
		expect(wrap("https://a.example/very/long and", 10)).toBe("https://a.example/very/long\nand");
		expect(wrap("", 10)).toBe("");
	});
});

import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { flag, json, row, statement } from "../../../src/db/statement.ts";

/** A D1 that returns the given rows, and its statements as they were bound. */
function recorder(rows: readonly unknown[] = []) {
	const bound: unknown[] = [];
	const d1 = {
		prepare: (sql: string) => ({
			bind: (...values: unknown[]) => {
				bound.push([sql, ...values]);
				return {
					all: async () => ({ results: rows }),
					first: async () => rows[0] ?? null,
					run: async () => ({ meta: { changes: 2 } }),
				};
			},
		}),
	} as unknown as D1Database;
	return { d1, bound };
}

describe("statement", () => {
	it("binds each name once, whatever the order of the values", async () => {
		const { d1, bound } = recorder();
		const update = statement<{ id: number; name: string; at: number | null }>(
			"UPDATE t SET name = :name, at = :at, old = :name WHERE id = :id",
		);
		expect(await update.run(d1, { id: 7, at: null, name: "x" })).toBe(2);
		expect(bound).toEqual([["UPDATE t SET name = ?1, at = ?2, old = ?1 WHERE id = ?3", "x", null, 7]]);
	});

	it("leaves string literals alone", () => {
		const { d1, bound } = recorder();
		statement<{ id: number }>("SELECT ':reply:' || 'it''s :no' || :id").bind(d1, { id: 1 });
		expect(bound).toEqual([["SELECT ':reply:' || 'it''s :no' || ?1", 1]]);
	});

	it("stores booleans as 0 and 1", () => {
		const { d1, bound } = recorder();
		statement<{ yes: boolean; no: boolean }>("SELECT :yes, :no").bind(d1, { no: false, yes: true });
		expect(bound).toEqual([["SELECT ?1, ?2", 1, 0]]);
	});

	it("refuses a missing value and an unknown name", () => {
		const { d1 } = recorder();
		const select = statement("SELECT :id");
		expect(() => select.bind(d1, {})).toThrow("parameter id has no value");
		expect(() => select.bind(d1, { id: 1, idd: 2 })).toThrow("no parameter idd");
	});

	it("parses rows, and refuses those that are not as described", async () => {
		const parse = row({ id: v.number(), seen: flag, tags: json(v.array(v.string())) });
		const select = statement<Record<string, never>, ReturnType<typeof parse>>("SELECT", parse);
		const good = recorder([{ id: 1, seen: 1, tags: '["a"]' }]);
		expect(await select.all(good.d1, {})).toEqual([{ id: 1, seen: true, tags: ["a"] }]);
		expect(await select.first(good.d1, {})).toEqual({ id: 1, seen: true, tags: ["a"] });
		expect(await select.first(recorder().d1, {})).toBeNull();
		expect(select.rows(undefined)).toEqual([]);
		for (const bad of [
			{ id: "1", seen: 1, tags: "[]" },
			{ id: 1, seen: 2, tags: "[]" },
			{ id: 1, seen: 0, tags: "[" },
		]) {
			await expect(select.all(recorder([bad]).d1, {})).rejects.toThrow();
		}
	});
});

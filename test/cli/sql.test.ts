import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { inlineValues, literal } from "../../src/cli/sql.ts";

const database = new DatabaseSync(":memory:");
const selected = (sql: string) => database.prepare(sql).get()?.value;

const hostile = [
	"it's",
	"'; DROP TABLE comments; --",
	"/* not a comment */ -- nor this\n; SELECT 1",
	"\\' \" ` [x] ? ?1 $(id) `id`",
	"line\r\nend\u0000after NUL\u001a",
	"猫は「にゃ」と鳴く 🐈‍⬛ \u202e",
	"",
];

describe("literal", () => {
	it.each(hostile)("makes SQLite return %j unchanged", (text) => {
		expect(selected(`SELECT ${literal(text)} AS value`)).toBe(text);
		expect(selected(`SELECT typeof(${literal(text)}) AS value`)).toBe("text");
	});

	it("writes text without characters special to a shell or statement splitter", () => {
		for (const text of hostile) expect(literal(text)).toMatch(/^CAST\(X'[0-9a-f]*' AS TEXT\)$/);
	});

	it.each([
		[null, "NULL"],
		[undefined, "NULL"],
		[true, "1"],
		[false, "0"],
		[-7, "-7"],
		[1.5, "1.5"],
		[1795383877123, "1795383877123"],
	])("writes %j as %s", (value, written) => {
		expect(literal(value)).toBe(written);
	});

	it.each([Number.NaN, Number.POSITIVE_INFINITY, {}, [], new Uint8Array(1), Symbol("x")])(
		"refuses value %#",
		(value) => {
			expect(() => literal(value)).toThrow(TypeError);
		},
	);
});

describe("inlineValues", () => {
	it("replaces parameters in order", () => {
		expect(inlineValues("SELECT ? AS a, ? AS b", [1, null])).toBe("SELECT 1 AS a, NULL AS b");
	});

	it("leaves question marks in strings, names and comments alone", () => {
		const statement = `SELECT '?' || 'it''s ?' AS "what?", [a?], \`b?\`, ? -- why?\n/* who? */ , ?`;
		expect(inlineValues(statement, [1, 2])).toBe(
			`SELECT '?' || 'it''s ?' AS "what?", [a?], \`b?\`, 1 -- why?\n/* who? */ , 2`,
		);
	});

	it("ignores question marks and dollars inside values", () => {
		expect(selected(inlineValues("SELECT ? || ? AS value", ["?", "$&"]))).toBe("?$&");
	});

	it("takes numbered parameters, and refuses a wrong number of values", () => {
		expect(() => inlineValues("SELECT ?", [])).toThrow("more parameters than values");
		expect(() => inlineValues("SELECT ?", [1, 2])).toThrow("fewer parameters than values");
		expect(inlineValues("SELECT ?2, ?1, ?2", [1, 2])).toBe("SELECT 2, 1, 2");
		expect(() => inlineValues("SELECT ?1", [1, 2])).toThrow("fewer parameters");
	});
});

import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { literal, withValues } from "../../src/cli/sql.ts";

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
	it.each(hostile)("gives %j back from SQLite as it was", (text) => {
		expect(selected(`SELECT ${literal(text)} AS value`)).toBe(text);
		expect(selected(`SELECT typeof(${literal(text)}) AS value`)).toBe("text");
	});

	it("writes text without any character that a shell or a splitter of statements could take up", () => {
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

describe("withValues", () => {
	it("puts values where the question marks are, in order", () => {
		expect(withValues("SELECT ? AS a, ? AS b", [1, null])).toBe("SELECT 1 AS a, NULL AS b");
	});

	it("leaves question marks in strings, names and comments alone", () => {
		const statement = `SELECT '?' || 'it''s ?' AS "what?", [a?], \`b?\`, ? -- why?\n/* who? */ , ?`;
		expect(withValues(statement, [1, 2])).toBe(
			`SELECT '?' || 'it''s ?' AS "what?", [a?], \`b?\`, 1 -- why?\n/* who? */ , 2`,
		);
	});

	it("does not take up a question mark, or a dollar, inside a value", () => {
		expect(selected(withValues("SELECT ? || ? AS value", ["?", "$&"]))).toBe("?$&");
	});

	it("refuses values that do not fit, and numbered parameters", () => {
		expect(() => withValues("SELECT ?", [])).toThrow("more parameters than values");
		expect(() => withValues("SELECT ?", [1, 2])).toThrow("fewer parameters than values");
		expect(() => withValues("SELECT ?1", [1])).toThrow("Numbered parameters");
	});
});

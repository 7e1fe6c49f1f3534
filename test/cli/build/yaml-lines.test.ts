import { describe, expect, it } from "vitest";
import { parseYaml } from "../../../src/build/yaml.ts";

describe("a line of front matter that YAML reads otherwise", () => {
	it.each([
		["title：猫", "title: needs the colon of ASCII and a space after it; write title: 猫."],
		["title:　猫", "title: needs a space of ASCII after the colon; write title: 猫."],
		["title:猫", "title: add a space after the colon; write title: 猫."],
		["title= a", "title: needs a colon, not =; write title: a."],
		[
			"tags: [#cats, dogs]",
			'tags: a # begins a comment; put quotes around what has one, as in tags: ["#cats", dogs].',
		],
		["title: > a", 'title: a value starting with ">" needs quotes; write title: "> a".'],
		["title: |a", 'title: a value starting with "|" needs quotes; write title: "|a".'],
		["title: - a", 'title: a value starting with "-" needs quotes; write title: "- a".'],
		["title: ? a", 'title: a value starting with "?" needs quotes; write title: "? a".'],
		['title: - "a"', 'title: a value starting with "-" needs quotes; write title: \'- "a"\'.'],
	])("is an error with a sentence: %j", (line, message) => {
		expect(parseYaml(`date: 2024-01-01\n${line}\nauthor: A`, 2)).toMatchObject({
			values: null,
			errors: [{ line: 3, message }],
		});
		expect(parseYaml(line, 2).errors).toEqual([{ line: 2, message }]);
	});

	it.each([
		["title: “Hello”", "title: has the quotation marks “ as part of its text;"],
		["tags: [“a”, “b”]", "tags: has curly quotation marks as part of its names;"],
		["title: #b", 'title: is empty, because a # begins a comment; write title: "#b".'],
		["tags:\n  - #a", '#a is a comment; write - "#a".'],
		["title: A #b", 'title: ends before its #, which begins a comment; write title: "A #b".'],
	])("is a warning if it is valid: %j", (line, message) => {
		const { errors, warnings } = parseYaml(`date: 2024-01-01\n${line}`, 2);
		expect(errors).toEqual([]);
		expect(warnings.map((warning) => warning.message)).toEqual([expect.stringContaining(message)]);
	});

	it("is none if it is meant so", () => {
		const text =
			'title: C# and "b"\nsummary: >\n  a：b\nurl: https://a.example/#b\ntags: ["#a", b] # two\ndate: 2024-01-01 # later\n';
		expect(parseYaml(text, 2)).toMatchObject({ errors: [], warnings: [] });
	});
});

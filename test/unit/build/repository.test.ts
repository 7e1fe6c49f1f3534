import { describe, expect, it } from "vitest";
import { parseRepository } from "../../../src/build/repository.ts";

describe("repository: of site.yaml", () => {
	it.each([
		["https://github.com/ann/blog", "https://github.com/ann/blog/edit/HEAD/content"],
		["https://github.com/ann/blog/", "https://github.com/ann/blog/edit/HEAD/content"],
		["https://github.com/ann/blog.git", "https://github.com/ann/blog/edit/HEAD/content"],
		[
			"https://github.com/ann/blog/edit/draft/site/content",
			"https://github.com/ann/blog/edit/draft/site/content",
		],
		["https://gitlab.com/group/sub/blog", "https://gitlab.com/group/sub/blog/-/edit/HEAD/content"],
		["https://gitlab.com/ann/blog/-/edit/main/content/", "https://gitlab.com/ann/blog/-/edit/main/content"],
		["https://git.example/ann/blog/_edit/main/content", "https://git.example/ann/blog/_edit/main/content"],
	])("leads from %s to where files are edited", (input, address) => {
		expect(parseRepository(input)).toEqual({ value: address });
	});

	it.each([
		"ann/blog",
		"git@github.com:ann/blog.git",
		"javascript:alert(1)",
		"https://ann:secret@github.com/ann/blog",
		"https://git.example/?p=blog",
	])("refuses %s with an example", (input) => {
		expect(parseRepository(input)).toEqual({ error: expect.stringContaining("https://github.com/ann/blog") });
	});
});

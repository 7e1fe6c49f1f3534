import { describe, expect, it } from "vitest";
import { parsePermalink, permalinkOf, whyTaken } from "../../src/publish/permalinks.ts";

const day = { year: 987, month: 3, day: 1 };

describe("a permalink pattern", () => {
	it("pads years to four digits, months and days to two", () => {
		expect(permalinkOf("/:year/:month/:day/:slug/", day, "猫")).toBe("/0987/03/01/猫/");
	});

	it("keeps the ending it has", () => {
		expect(permalinkOf("/:year/:slug", day, "a")).toBe("/0987/a");
		expect(permalinkOf("/blog/:slug.html", day, "a")).toBe("/blog/a.html");
	});

	it("does not read a slug as part of the pattern", () => {
		expect(permalinkOf("/:slug/", day, "the-:year-$1")).toBe("/the-:year-$1/");
	});

	it("is refused when it does not name a path of its own for each post", () => {
		const refused = (pattern: string) => {
			const reading = parsePermalink(pattern);
			return "wrong" in reading ? reading.wrong : null;
		};
		const example = "write one such as /:year/:month/:day/:slug/.";
		expect(refused(":slug/")).toBe(`":slug/" does not begin with /; ${example}`);
		expect(refused("/:year/")).toBe(`"/:year/" has no :slug, so posts would share an address; ${example}`);
		expect(refused("/:yaer/:slug/")).toBe('":yaer" is not a part of a date or a slug; did you mean ":year"?');
		expect(refused("/:category/:slug/")).toBe(
			'":category" is not a part of a date or a slug; write one of :year, :month, :day, :slug.',
		);
		for (const pattern of ["/a//:slug/", "/../:slug/", "/:slug?", "/a b/:slug/"]) {
			expect(refused(pattern)).toBe(`"${pattern}" is not a path; ${example}`);
		}
		expect(refused("/:slug")).toBeNull();
	});
});

describe("an address", () => {
	const languages = new Set(["en", "ja"]);

	it("is taken when the blog has something there itself", () => {
		expect(whyTaken("/", languages)).toBe("is the home page");
		expect(whyTaken("/tag/x", languages)).toBe("belongs to the blog itself, as everything under /tag/ does");
		expect(whyTaken("/2024", languages)).toBe("is the archive of a year or a month");
		expect(whyTaken("/2024/03", languages)).toBe("is the archive of a year or a month");
		expect(whyTaken("/ja/x", languages)).toBe(
			"is kept for the posts in that language, as everything under /ja/ is",
		);
	});

	it("is free otherwise", () => {
		for (const key of ["/2024/03/31", "/2024/3", "/20245", "/fr", "/tags", "/about/tag"]) {
			expect(whyTaken(key, languages)).toBeNull();
		}
	});
});

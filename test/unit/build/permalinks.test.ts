import { describe, expect, it } from "vitest";
import { explainReservedPath, formatPermalink, parsePermalink } from "../../../src/build/permalinks.ts";
import type { Post } from "../../../src/posts/post.ts";
import { samplePost } from "../../support/post.ts";

const post = (slug: string, said: Partial<Post> = {}) =>
	samplePost({ slug, day: { year: 987, month: 3, day: 1 }, ...said });

describe("a permalink pattern", () => {
	it("pads years to four digits, months and days to two", () => {
		expect(formatPermalink("/:year/:month/:day/:slug/", post("猫"))).toBe("/0987/03/01/猫/");
	});

	it("keeps the ending it has", () => {
		expect(formatPermalink("/:year/:slug", post("a"))).toBe("/0987/a");
		expect(formatPermalink("/blog/:slug.html", post("a"))).toBe("/blog/a.html");
	});

	it("uses the slug of the first category and the lower-case language", () => {
		const categories = [
			{ name: "Out of doors", slug: "out-of-doors" },
			{ name: "Cloud", slug: "cloud" },
		];
		expect(formatPermalink("/:lang/:category/:slug/", post("a", { categories, lang: "zh-Hant" }))).toBe(
			"/zh-hant/out-of-doors/a/",
		);
		expect(formatPermalink("/:category/:slug/", post("a"))).toBe("/uncategorized/a/");
	});

	it("does not read a slug as part of the pattern", () => {
		expect(formatPermalink("/:slug/", post("the-:year-$1"))).toBe("/the-:year-$1/");
	});

	it("is rejected when it does not give each post its own path", () => {
		const refused = (pattern: string) => {
			const reading = parsePermalink(pattern);
			return "error" in reading ? reading.error : null;
		};
		const example = "write one such as /:year/:month/:day/:slug/.";
		expect(refused(":slug/")).toBe(`":slug/" does not start with /; ${example}`);
		expect(refused("/:year/")).toBe(`"/:year/" has no :slug, so posts would share an address; ${example}`);
		expect(refused("/:yaer/:slug/")).toBe('":yaer" is not a permalink placeholder; did you mean ":year"?');
		expect(refused("/:id/:slug/")).toBe(
			'":id" is not a permalink placeholder; write one of :year, :month, :day, :slug, :category, :lang.',
		);
		for (const pattern of ["/a//:slug/", "/../:slug/", "/:slug?", "/a b/:slug/"]) {
			expect(refused(pattern)).toBe(`"${pattern}" is not a path; ${example}`);
		}
		expect(refused("/:slug")).toBeNull();
	});
});

describe("an address", () => {
	const languages = new Set(["en", "ja"]);

	it("is reserved for the engine's routes", () => {
		expect(explainReservedPath("/", languages)).toBe("is the home page");
		expect(explainReservedPath("/tag/x", languages)).toBe("is reserved, like everything below /tag/");
		expect(explainReservedPath("/2024", languages)).toBe("is reserved for the archive of a year or month");
		expect(explainReservedPath("/2024/03", languages)).toBe("is reserved for the archive of a year or month");
		for (const key of ["/ja", "/ja/page/2", "/ja/feed.xml"]) {
			expect(explainReservedPath(key, languages)).toBe("is reserved for the list of posts in that language");
		}
	});

	it("is free otherwise", () => {
		for (const key of ["/2024/03/31", "/2024/3", "/20245", "/fr", "/tags", "/about/tag", "/ja/x"]) {
			expect(explainReservedPath(key, languages)).toBeNull();
		}
	});
});

import { describe, expect, it } from "vitest";
import type { Post } from "../../src/posts/post.ts";
import { parsePermalink, permalinkOf, whyTaken } from "../../src/publish/permalinks.ts";
import { samplePost } from "../support/post.ts";

const post = (slug: string, said: Partial<Post> = {}) =>
	samplePost({ slug, day: { year: 987, month: 3, day: 1 }, ...said });

describe("a permalink pattern", () => {
	it("pads years to four digits, months and days to two", () => {
		expect(permalinkOf("/:year/:month/:day/:slug/", post("猫"))).toBe("/0987/03/01/猫/");
	});

	it("keeps the ending it has", () => {
		expect(permalinkOf("/:year/:slug", post("a"))).toBe("/0987/a");
		expect(permalinkOf("/blog/:slug.html", post("a"))).toBe("/blog/a.html");
	});

	it("takes the first category and the language, as they are in addresses", () => {
		const categories = [
			{ name: "Out of doors", slug: "out-of-doors" },
			{ name: "Cloud", slug: "cloud" },
		];
		expect(permalinkOf("/:lang/:category/:slug/", post("a", { categories, lang: "zh-Hant" }))).toBe(
			"/zh-hant/out-of-doors/a/",
		);
		expect(permalinkOf("/:category/:slug/", post("a"))).toBe("/uncategorized/a/");
	});

	it("does not read a slug as part of the pattern", () => {
		expect(permalinkOf("/:slug/", post("the-:year-$1"))).toBe("/the-:year-$1/");
	});

	it("is refused when it does not name a path of its own for each post", () => {
		const refused = (pattern: string) => {
			const reading = parsePermalink(pattern);
			return "wrong" in reading ? reading.wrong : null;
		};
		const example = "write one such as /:year/:month/:day/:slug/.";
		expect(refused(":slug/")).toBe(`":slug/" does not begin with /; ${example}`);
		expect(refused("/:year/")).toBe(`"/:year/" has no :slug, so posts would share an address; ${example}`);
		expect(refused("/:yaer/:slug/")).toBe('":yaer" is not part of a permalink; did you mean ":year"?');
		expect(refused("/:id/:slug/")).toBe(
			'":id" is not part of a permalink; write one of :year, :month, :day, :slug, :category, :lang.',
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
		for (const key of ["/ja", "/ja/page/2", "/ja/feed.xml"]) {
			expect(whyTaken(key, languages)).toBe("is where the posts in that language are listed");
		}
	});

	it("is free otherwise", () => {
		for (const key of ["/2024/03/31", "/2024/3", "/20245", "/fr", "/tags", "/about/tag", "/ja/x"]) {
			expect(whyTaken(key, languages)).toBeNull();
		}
	});
});

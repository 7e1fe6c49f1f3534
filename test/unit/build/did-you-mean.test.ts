import { describe, expect, it } from "vitest";
import { closestMatch, didYouMean } from "../../../src/build/did-you-mean.ts";

const keys = ["title", "date", "categories", "tags", "posts_per_page", "id"];

describe("closestMatch", () => {
	it("finds the key of a typo", () => {
		expect(closestMatch("titel", keys)).toBe("title");
		expect(closestMatch("categorys", keys)).toBe("categories");
		expect(closestMatch("category", keys)).toBe("categories");
		expect(closestMatch("tag", keys)).toBe("tags");
	});

	it("ignores case, hyphens and underscores", () => {
		expect(closestMatch("postsPerPage", keys)).toBe("posts_per_page");
		expect(closestMatch("Posts-Per-Page", keys)).toBe("posts_per_page");
	});

	it("returns null when nothing is close", () => {
		expect(closestMatch("layout", keys)).toBeNull();
		expect(closestMatch("me", keys)).toBeNull();
	});

	it("lists every choice when nothing is close", () => {
		expect(didYouMean("both", ["summary", "full"])).toBe("write one of summary, full.");
	});
});

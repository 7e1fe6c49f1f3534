import { describe, expect, it } from "vitest";
import { nearest, suggest } from "../../src/publish/nearest.ts";

const keys = ["title", "date", "categories", "tags", "posts_per_page", "id"];

describe("nearest", () => {
	it("finds the key a slip of the finger meant", () => {
		expect(nearest("titel", keys)).toBe("title");
		expect(nearest("categorys", keys)).toBe("categories");
		expect(nearest("category", keys)).toBe("categories");
		expect(nearest("tag", keys)).toBe("tags");
	});

	it("looks past capitals, hyphens and underscores", () => {
		expect(nearest("postsPerPage", keys)).toBe("posts_per_page");
		expect(nearest("Posts-Per-Page", keys)).toBe("posts_per_page");
	});

	it("finds nothing when nothing is close", () => {
		expect(nearest("layout", keys)).toBeNull();
		expect(nearest("me", keys)).toBeNull();
	});

	it("lists every choice when nothing is close", () => {
		expect(suggest("both", ["summary", "full"])).toBe("write one of summary, full.");
	});
});

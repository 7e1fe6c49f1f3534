import { describe, expect, it } from "vitest";
import { type AddressLookup, resolveAddress } from "../../../src/posts/addresses.ts";
import type { Listing } from "../../../src/posts/locations.ts";

/** Words the router reads as a part of an address. */
const words = [
	"page",
	"feed",
	"feed.xml",
	"atom",
	"rss2",
	"2",
	"2024",
	"comments.xml",
	"index.php",
	"constructor",
];

const lookup = (slugs: readonly string[]): AddressLookup => ({
	entry: () => null,
	byWordpressId: () => null,
	byDate: () => null,
	listing: (_, slug) => (slugs.includes(slug) ? slug : null),
	language: () => false,
	month: () => false,
});

/** Returns the canonical path of an address on a blog with a term of each of these slugs. */
const resolve = (path: string, ...slugs: string[]) =>
	resolveAddress(path, new URLSearchParams(), lookup(slugs))?.path ?? null;

describe.each(["category", "tag", "author", "series"] satisfies Listing[])("a %s", (by) => {
	it.each(words)("named %s takes the address of no other's part, and keeps its own", (word) => {
		const parts = ["", "/page/2", "/feed", "/feed.xml", "/feed/atom", "/feed/rss2"];
		for (const part of parts) {
			expect(resolve(`/${by}/cats${part}`, "cats", word)).toBe(resolve(`/${by}/cats${part}`, "cats"));
			const own = resolve(`/${by}/cats${part}`, "cats")?.replace("/cats/", `/${word}/`);
			expect(resolve(`/${by}/${word}${part}`, "cats", word)).toBe(own);
			// Nor one that is nobody's.
			if (by !== "category") expect(resolve(`/${by}/dogs${part}`, word)).toBeNull();
		}
	});
});

describe("a category", () => {
	it("is found below its parents, as in WordPress", () => {
		expect(resolve("/category/pets/small/cats", "cats")).toBe("/category/cats/");
		expect(resolve("/category/pets/cats/page/2", "cats")).toBe("/category/cats/page/2/");
		expect(resolve("/category/pets/cats/feed", "cats")).toBe("/category/cats/feed.xml");
	});
});

import { describe, expect, it } from "vitest";
import type { BuiltEntry } from "../../../src/build/entries.ts";
import { addOldAddresses } from "../../../src/build/old-addresses.ts";
import type { Post } from "../../../src/posts/post.ts";
import { samplePost } from "../../support/post.ts";

type Sources = BuiltEntry<Post, unknown>["source"];

/** Returns a post as read from `content/posts/<slug>.md`, or from another file. */
function builtPost(fields: Partial<Post>, file = `${fields.slug}.md`): BuiltEntry<Post, unknown> {
	const source = { file: `content/posts/${file}` } as Sources;
	const body = {
		markdown: "",
		contents: false,
		headingPhrases: [],
		links: {},
		html: {},
		images: {},
		emoji: {},
		formulas: {},
	};
	return { source, body, entry: samplePost({ path: `/2024/${fields.slug}/`, ...fields }) };
}

function oldAddresses(patterns: readonly string[], posts: readonly BuiltEntry<Post, unknown>[]) {
	const languages = new Set(["en", "ja"]);
	const { posts: updated, errors } = addOldAddresses(posts, [], { previousPermalinks: patterns }, languages);
	return { aliases: updated.map(({ entry }) => entry.aliases), errors };
}

describe("addOldAddresses", () => {
	it("adds the address under each previous pattern to the explicit aliases", () => {
		const { aliases, errors } = oldAddresses(
			["/:year-:month-:day/:slug.html", "/:category/:slug/", "/2024/:slug/", "/:lang/old/:slug"],
			[
				builtPost({ slug: "猫", aliases: ["/neko"], lang: "ja" }),
				builtPost({ slug: "Cat", categories: [{ name: "Pets", slug: "pets" }] }),
			],
		);
		expect(errors).toEqual([]);
		expect(aliases).toEqual([
			["/neko", "/2024-05-01/猫.html", "/uncategorized/猫", "/ja/old/猫"],
			["/2024-05-01/cat.html", "/pets/cat", "/en/old/cat"],
		]);
	});

	it("rejects an old address of two posts, until one lists it as an alias", () => {
		const [first, second] = [
			builtPost({ slug: "new-year" }, "2023.md"),
			builtPost({ slug: "new-year", path: "/2025/x/" }, "2025.md"),
		];
		expect(oldAddresses(["/:slug/"], [first, second]).errors).toEqual([
			'"/:slug/" gives content/posts/2025.md the address /new-year/, which belongs to content/posts/2023.md; list it under aliases in the post that had it.',
		]);
		const claimed = { ...second, entry: { ...second.entry, aliases: ["/new-year"] } };
		expect(oldAddresses(["/:slug/"], [first, claimed])).toEqual({
			aliases: [[], ["/new-year"]],
			errors: [],
		});
	});

	it("rejects an address that is in use or reserved", () => {
		const posts = [
			builtPost({ slug: "about" }),
			builtPost({ slug: "x", path: "/about/" }),
			builtPost({ slug: "feed" }),
		];
		expect(oldAddresses(["/:slug"], posts).errors).toEqual([
			'"/:slug" gives content/posts/about.md the address /about, which belongs to content/posts/x.md; change its slug.',
			'"/:slug" gives content/posts/feed.md the address /feed, which is reserved, like everything below /feed/; choose another.',
		]);
	});
});

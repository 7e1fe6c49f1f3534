import { describe, expect, it } from "vitest";
import type { Post } from "../../src/posts/post.ts";
import type { Made } from "../../src/publish/entries.ts";
import { addOldAddresses } from "../../src/publish/old-addresses.ts";
import { samplePost } from "../support/post.ts";

type Sources = Made<Post, unknown>["source"];

/** A post as if read from `content/posts/<slug>.md`, or from another file. */
function made(said: Partial<Post>, file = `${said.slug}.md`): Made<Post, unknown> {
	const source = { file: `content/posts/${file}` } as Sources;
	const body = { markdown: "", contents: false, headingPhrases: [], links: {}, images: {} };
	return { source, body, entry: samplePost({ path: `/2024/${said.slug}/`, ...said }) };
}

function oldAddresses(patterns: readonly string[], posts: readonly Made<Post, unknown>[]) {
	const languages = new Set(["en", "ja"]);
	const { posts: added, mistakes } = addOldAddresses(posts, [], { previousPermalinks: patterns }, languages);
	return { aliases: added.map(({ entry }) => entry.aliases), mistakes };
}

describe("addOldAddresses", () => {
	it("gives every post its address under each pattern before, beside the aliases it names", () => {
		const { aliases, mistakes } = oldAddresses(
			["/:year-:month-:day/:slug.html", "/:category/:slug/", "/2024/:slug/", "/:lang/old/:slug"],
			[
				made({ slug: "猫", aliases: ["/neko"], lang: "ja" }),
				made({ slug: "Cat", categories: [{ name: "Pets", slug: "pets" }] }),
			],
		);
		expect(mistakes).toEqual([]);
		expect(aliases).toEqual([
			["/neko", "/2024-05-01/猫.html", "/uncategorized/猫", "/ja/old/猫"],
			["/2024-05-01/cat.html", "/pets/cat", "/en/old/cat"],
		]);
	});

	it("refuses an address two posts would have had, until one of them claims it", () => {
		const [first, second] = [
			made({ slug: "new-year" }, "2023.md"),
			made({ slug: "new-year", path: "/2025/x/" }, "2025.md"),
		];
		expect(oldAddresses(["/:slug/"], [first, second]).mistakes).toEqual([
			'"/:slug/" gives content/posts/2025.md the address /new-year/ of content/posts/2023.md; write it under aliases in the one that had it.',
		]);
		const claimed = { ...second, entry: { ...second.entry, aliases: ["/new-year"] } };
		expect(oldAddresses(["/:slug/"], [first, claimed])).toEqual({
			aliases: [[], ["/new-year"]],
			mistakes: [],
		});
	});

	it("refuses an address that something else has today", () => {
		const posts = [made({ slug: "about" }), made({ slug: "x", path: "/about/" }), made({ slug: "feed" })];
		expect(oldAddresses(["/:slug"], posts).mistakes).toEqual([
			'"/:slug" gives content/posts/about.md the address /about of content/posts/x.md; give that one another slug.',
			'"/:slug" gives content/posts/feed.md the address /feed, which belongs to the blog itself, as everything under /feed/ does; write another.',
		]);
	});
});

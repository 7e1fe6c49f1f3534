import { describe, expect, it } from "vitest";
import { findSimilarPosts } from "../../../src/posts/similar-paths.ts";
import { cpuTime } from "../../support/cpu-time.ts";
import { samplePost } from "../../support/post.ts";

const posts = [
	samplePost({ slug: "moving-in", title: "Moving in, and leaving with everything" }),
	samplePost({ slug: "purging-by-tag", title: "Purging by tag" }),
	samplePost({ slug: "hajimete", title: "はじめての記事を書く" }),
	samplePost({ slug: "雲と猫", title: "雲と猫" }),
];
const slugs = (path: string) => findSimilarPosts(path, posts, 5).map(({ slug }) => slug);

describe("findSimilarPosts", () => {
	it.each([
		["/2026/10/24/moving-inn/", "moving-in"],
		["/moving_in.html", "moving-in"],
		["/purgin-by-tags", "purging-by-tag"],
		["/blog/Purging%20by%20tag/", "purging-by-tag"],
		["/はじめて記事を書く/", "hajimete"],
		["/2019/05/06/%E9%9B%B2%E3%81%A8%E7%8C%AB%E3%81%AE/", "雲と猫"],
	])("finds the intended post for %s", (path, slug) => {
		expect(slugs(path)[0]).toBe(slug);
	});

	it("finds nothing when nothing is similar", () => {
		for (const path of ["/", "/x", "/xyzzy/", "/2024/05/", "/%E0%A4%A", "/wp-login.php"]) {
			expect(slugs(path), path).toEqual([]);
		}
	});

	it("searches ten thousand posts within the time of a page", () => {
		const many = Array.from({ length: 10_000 }, (_, at) =>
			samplePost({ slug: `a-post-about-something-${at}`, title: `猫についての長い題の記事、その${at}` }),
		);
		findSimilarPosts("/warm-up-the-compiler/", many, 5);
		const started = cpuTime();
		expect(findSimilarPosts("/a-post-about-something-77777/", many, 5)).toHaveLength(5);
		expect(cpuTime() - started).toBeLessThan(100);
	});
});

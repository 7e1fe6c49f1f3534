import { describe, expect, it } from "vitest";
import { createTimeline, findPosition } from "../../../src/posts/timeline.ts";
import { samplePost } from "../../support/post.ts";

const at = (slug: string, published: number, draft = false) => samplePost({ slug, published, draft });
const posts = [at("d", 400), at("draft", 350, true), at("c", 300), at("b", 300), at("a", 100)];

describe("createTimeline", () => {
	it("publishes each post at its instant, and drafts never", () => {
		const { published } = createTimeline(posts);
		const slugs = (now: number) => published(now).map(({ slug }) => slug);
		expect(slugs(99)).toEqual([]);
		expect(slugs(100)).toEqual(["a"]);
		expect(slugs(299)).toEqual(["a"]);
		expect(slugs(300)).toEqual(["c", "b", "a"]);
		expect(slugs(9999)).toEqual(["d", "c", "b", "a"]);
		expect(slugs(100)).toEqual(["a"]);
	});

	it("returns the same array until the next publication", () => {
		const { published } = createTimeline(posts);
		expect(published(301)).toBe(published(399));
		expect(published(301)).not.toBe(published(400));
	});

	it("returns the instant of the next publication", () => {
		const { nextPublication: changesAt } = createTimeline(posts);
		expect([0, 100, 299, 300, 399].map(changesAt)).toEqual([100, 300, 300, 400, 400]);
		expect(changesAt(400)).toBeNull();
		expect(createTimeline([]).nextPublication(0)).toBeNull();
	});
});

describe("findPosition", () => {
	it("finds a post among others of the same instant", () => {
		const dated = posts.filter(({ draft }) => !draft);
		expect(dated.map((post) => findPosition(post, dated))).toEqual([0, 1, 2, 3]);
		expect(findPosition(at("b", 300), dated)).toBe(-1);
	});
});

import { describe, expect, it } from "vitest";
import type { Post } from "../../../src/posts/post.ts";
import { findRelatedPosts } from "../../../src/posts/related.ts";
import { groupPosts, openTaxonomy } from "../../../src/posts/taxonomy.ts";
import { cpuTime } from "../../support/cpu-time.ts";
import { samplePost } from "../../support/post.ts";

const term = (slug: string) => ({ name: slug, slug });
const now = 1_000_000;

/** Posts given oldest first, and the slugs related to one of them. */
function related(slug: string, ...said: Partial<Post>[]): string[] {
	const posts = said
		.map((each, at) => samplePost({ published: at, ...each }))
		.sort((a, b) => b.published - a.published);
	const published = posts.filter((post) => post.published <= now);
	const post = posts.find((each) => each.slug === slug);
	if (post === undefined) throw new Error(`There is no post ${slug}.`);
	return findRelatedPosts(
		post,
		published,
		openTaxonomy((by) => groupPosts(posts, by)),
		now,
		3,
	).map((other) => other.slug);
}

describe("findRelatedPosts", () => {
	it("puts the rarer of two shared tags first, and a tag before a category", () => {
		const common = Array.from({ length: 10 }, (_, at) => ({ slug: `common-${at}`, tags: [term("web")] }));
		expect(
			related(
				"here",
				{ slug: "rare", tags: [term("ferry")], title: "Zwei" },
				{ slug: "categorised", categories: [term("harbour")], title: "Drei" },
				{ slug: "here", tags: [term("web"), term("ferry")], categories: [term("harbour")], title: "Eins" },
				...common,
			)[0],
		).toBe("rare");
	});

	it("ranks posts with the same tag by their text, Japanese too", () => {
		const tags = [term("海")];
		expect(
			related(
				"here",
				{ slug: "bread", tags, lang: "ja", title: "パンを焼く", summary: "粉と水と塩だけで焼きます。" },
				{ slug: "ferry", tags, lang: "ja", title: "島へ渡る船の時刻", summary: "港から島へ船が出ます。" },
				{ slug: "here", tags, lang: "ja", title: "島へ渡る船", summary: "島へ行く船は港から朝に出ます。" },
			),
		).toEqual(["ferry", "bread"]);
	});

	it("finds posts without a common term by text, and nothing when nothing is similar", () => {
		expect(
			related(
				"here",
				{ slug: "sequel", title: "A walk along the old canal, again" },
				{ slug: "other", title: "Zzyzx" },
				{ slug: "here", title: "A walk along the old canal" },
			),
		).toEqual(["sequel"]);
		expect(related("here", { slug: "here", title: "Alone" }, { slug: "b", title: "Zzyzx" })).toEqual([]);
	});

	it("omits other languages, translations, parts of its series, and unpublished posts", () => {
		const tags = [term("x")];
		expect(
			related(
				"here",
				{ slug: "german", tags, lang: "de" },
				{ slug: "translation", tags, translation: "t" },
				{ slug: "part", tags, series: { name: "S", slug: "s" } },
				{ slug: "draft", tags, draft: true },
				{ slug: "future", tags, published: now + 1 },
				{ slug: "found", tags },
				{ slug: "here", tags, translation: "t", series: { name: "S", slug: "s" } },
			),
		).toEqual(["found"]);
	});

	it("does a bounded amount of work among ten thousand posts", () => {
		const posts = Array.from({ length: 10_000 }, (_, at) =>
			samplePost({
				slug: `post-${at}`,
				published: 10_000 - at,
				title: `A post about the subject ${at % 7}`,
				summary: "Some words about it, and then a few more. ".repeat(4),
				tags: [term(`tag-${at % 5}`), term(`tag-${at % 11}`)],
				categories: [term("all")],
			}),
		);
		const catalogue = openTaxonomy((by) => groupPosts(posts, by));
		const find = (at: number) => findRelatedPosts(posts[at] ?? samplePost(), posts, catalogue, now, 3);
		expect(find(5000)).toHaveLength(3);
		const started = cpuTime();
		for (let at = 0; at < 50; at++) find(at * 200);
		expect((cpuTime() - started) / 50).toBeLessThan(20);
	});
});

import { describe, expect, it } from "vitest";
import { openArchive } from "../../../src/posts/archive.ts";
import type { Post } from "../../../src/posts/post.ts";
import { openIndex, writeIndex } from "../../../src/posts/post-index.ts";
import { samplePost } from "../../support/post.ts";

const full = samplePost({
	slug: "雲と猫",
	id: "2024/雲と猫",
	path: "/2024/05/02/雲と猫/",
	lang: "ja",
	summary: "改行\nと\u2028区切り。",
	comments: "closed",
	phrases: ["雲と", "猫"],
	rich: true,
	published: 200,
	updated: 300,
	day: { year: 2024, month: 12, day: 31 },
	categories: [{ name: "天気", slug: "天気" }],
	tags: [{ name: "Cats", slug: "cats" }],
	image: { src: "/media/a.png", alt: "A", width: 3, height: 2, raster: true },
	card: "/share/a.png",
	length: { characters: 7, words: 1 },
	more: true,
	draft: true,
	aliases: ["/old", "/older"],
	wordpressId: 7,
	translation: "cats",
	canonical: "https://elsewhere.example/cats/",
	shownImages: ["/media/a.png"],
	unlisted: true,
	pinned: true,
	series: { name: "Weather", slug: "weather" },
	body: { chunk: 3, start: 5, end: 9 },
});
const plain = samplePost({ slug: "Plain", path: "/2024/Plain.html", published: 100 });
const posts = [full, plain];
const index = openIndex(writeIndex(posts));

describe("the index of the posts", () => {
	it("restores every field of every post", () => {
		expect(index.posts).toHaveLength(2);
		for (const [at, post] of posts.entries()) {
			for (const name of Object.keys(post) as (keyof Post)[]) {
				expect(index.posts[at]?.[name], name).toEqual(post[name]);
			}
		}
	});

	it("finds posts by path key, alias and WordPress id", () => {
		expect(index.atPathKey("/2024/05/02/雲と猫")?.id).toBe("2024/雲と猫");
		expect(index.atPathKey("/2024/plain.html")?.id).toBe("Plain");
		expect(index.atPathKey("/2024")).toBeNull();
		expect([...index.aliases()].map(([key, { slug }]) => [key, slug])).toEqual([
			["/old", "雲と猫"],
			["/older", "雲と猫"],
		]);
		expect(new Map(index.wordpressIds()).get(7)).toBe(index.posts[0]);
		expect([...index.unlisted()]).toEqual([index.posts[0]]);
		expect([...index.pinned()]).toEqual([index.posts[0]]);
	});

	it("groups posts as the posts themselves would be grouped", () => {
		expect(index.groups("date").map(({ slug, posts }) => [slug, posts.length])).toEqual([
			["2024", 2],
			["2024-12", 1],
			["2024-5", 1],
		]);
		expect(index.groups("tag")[0]?.posts[0]).toBe(index.posts[0]);
		expect(index.groups("series")).toMatchObject([{ name: "Weather", slug: "weather" }]);
	});

	it("is empty when there are no posts", () => {
		const empty = openIndex(writeIndex([]));
		expect(empty.posts).toEqual([]);
		expect(empty.groups("language")).toEqual([]);
	});

	it("parses only what a page needs of ten thousand posts", () => {
		const many = Array.from({ length: 10_000 }, (_, at) =>
			samplePost({ slug: `p${at}`, path: `/2024/p${at}/`, published: 10_000 - at, summary: `Summary ${at}` }),
		);
		const text = writeIndex(many);
		const parse = JSON.parse;
		let parsed = 0;
		JSON.parse = (value: string) => {
			parsed += value.length;
			return parse(value);
		};
		try {
			const site = {
				language: "en",
				postsPerPage: 10,
				markdown: { breaks: false, math: true, typography: false, emoji: false },
			};
			const manifest = { site, pages: [] } as unknown as Parameters<typeof openArchive>[0];
			const archive = openArchive(manifest, openIndex(text), async () => "");
			const post = archive.find("/2024/p5000/", 20_000);
			expect(post?.summary).toBe("Summary 5000");
			expect(archive.published(20_000)).toHaveLength(10_000);
			expect(parsed).toBeLessThan(text.length / 3);
		} finally {
			JSON.parse = parse;
		}
	});
});

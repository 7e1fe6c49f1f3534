import type { Post } from "../../src/posts/post.ts";

/** Returns a post with default values, overridden by `fields`. */
export function samplePost(fields: Partial<Post> = {}): Post {
	const { slug = "hello" } = fields;
	return {
		id: slug,
		path: `/${slug}/`,
		title: slug,
		slug,
		lang: "en",
		summary: "",
		comments: "open",
		phrases: [],
		rich: false,
		body: { chunk: 0, start: 0, end: 0 },
		file: null,
		wordpressId: null,
		published: 0,
		updated: null,
		day: { year: 2024, month: 5, day: 1 },
		authors: [{ name: "Mika", slug: "mika" }],
		categories: [],
		tags: [],
		image: null,
		card: null,
		length: { characters: 0, words: 0 },
		more: false,
		draft: false,
		pinned: false,
		canonical: null,
		shownImages: [],
		unlisted: false,
		aliases: [],
		translation: null,
		series: null,
		feedId: null,
		enclosures: [],
		...fields,
	};
}

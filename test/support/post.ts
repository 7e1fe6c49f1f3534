import type { Post } from "../../src/posts/post.ts";

/** A post as the build would make it, with what a test needs to say about it. */
export function samplePost(said: Partial<Post> = {}): Post {
	const { slug = "hello" } = said;
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
		body: { text: 0, start: 0, end: 0 },
		wordpressId: null,
		published: 0,
		updated: null,
		day: { year: 2024, month: 5, day: 1 },
		author: "Mika",
		categories: [],
		tags: [],
		image: null,
		length: { characters: 0, words: 0 },
		more: false,
		draft: false,
		aliases: [],
		translation: null,
		series: null,
		...said,
	};
}

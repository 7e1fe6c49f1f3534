import type { Archive } from "../posts/archive.ts";
import type { Post } from "../posts/post.ts";
import { fold } from "./fold.ts";

/** Titles that are looked through: of the newest posts. */
const maxTitles = 2000;

const maxSuggestions = 6;

/** Creates the function that suggests posts by what is typed of their titles. Titles are folded once per isolate. */
export function createSuggest(archive: Archive): (typed: string, now: number) => readonly Post[] {
	let known: { posts: readonly Post[]; titles: readonly string[] } | undefined;
	return (typed, now) => {
		const text = fold(typed).trim();
		if (text === "") return [];
		const posts = archive.published(now);
		if (known?.posts !== posts)
			known = { posts, titles: posts.slice(0, maxTitles).map(({ title }) => fold(title)) };
		const found = known.titles.flatMap((title, at) => {
			const place = title.indexOf(text);
			const post = posts[at];
			return place < 0 || post === undefined ? [] : [{ post, rank: rankOf(title, place) }];
		});
		return found
			.sort((a, b) => a.rank - b.rank)
			.slice(0, maxSuggestions)
			.map(({ post }) => post);
	};
}

/** Ranks a place in a title: its beginning first, then that of a word, then any other. */
function rankOf(title: string, place: number): number {
	if (place === 0) return 0;
	return /[\p{L}\p{N}]/u.test(title.charAt(place - 1)) ? 2 : 1;
}

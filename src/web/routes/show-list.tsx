import type { Child } from "hono/jsx";
import { countTag } from "../../freshness/tags.ts";
import type { Post } from "../../posts/post.ts";
import { cache } from "../caching.ts";
import type { AppContext, Testified } from "../context.ts";
import { stringsFor } from "../strings/strings.ts";
import { troubleOf } from "../thread.ts";
import { ListPage } from "../views/list.tsx";

type Listed = {
	heading: string | null;
	posts: readonly Post[];
	number: number;
	pathOf: (page: number) => string;
	/** Given for the list of a language. */
	lang?: string;
	/** What stands between the heading and the first post. */
	intro?: Child;
};

/** Answers with one page of a list of posts and how much each has been talked about. */
export async function showList(c: AppContext, listed: Listed): Promise<Response> {
	const { heading, posts, number, pathOf, lang, intro } = listed;
	const { archive, comments, now } = c.var.services;
	const list = archive.paginate(posts, number);
	if (list === null) return c.notFound();
	const ids = list.posts.map((post) => post.id);
	const counts = await comments.counts(ids).catch((error) => {
		// The list is whole without its counts, but it must not be kept as if that were how it is.
		troubleOf(error, c);
		return null;
	});
	cache(c, counts === null ? "none" : "shared", {
		tags: ids.map(countTag),
		...(counts === null ? {} : { witness: countsOf(ids, counts) }),
	});
	const full = archive.site.home === "full" && heading === null;
	// The view asks for all bodies at once. One after the other, a text several of them lie in is read once.
	for (const post of list.posts) if (full || post.more) await archive.html(post, stringsFor(post.lang));
	return c.html(
		<ListPage
			archive={archive}
			heading={heading}
			list={list}
			pathOf={pathOf}
			counts={counts ?? new Map()}
			full={full}
			lang={lang ?? archive.site.language}
			byLanguage={heading === null || lang !== undefined}
			intro={intro}
			now={now()}
		/>,
	);
}

/** A list is right as long as its posts have as many comments as when it was made. */
const countsOf = (ids: readonly string[], counts: ReadonlyMap<string, number>): Testified => ({
	ask: async ({ comments }) => JSON.stringify([...(await comments.counts(ids))]),
	said: JSON.stringify([...counts]),
});

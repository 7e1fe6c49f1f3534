import type { Child } from "hono/jsx";
import { countTag } from "../../caching/tags.ts";
import type { Post } from "../../posts/post.ts";
import { cache } from "../http/caching.ts";
import type { AppContext, Validator } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { ListPage } from "./list-page.tsx";

type ListOptions = {
	heading: string | null;
	posts: readonly Post[];
	number: number;
	pathOf: (page: number) => string;
	/** Set for the list of a language. */
	lang?: string;
	/** Description for search engines. */
	description?: string | undefined;
	/** Content between the heading and the first post. */
	intro?: Child;
};

/** Responds with one page of a post list, with comment counts. */
export async function respondWithList(c: AppContext, options: ListOptions): Promise<Response> {
	const { heading, posts, number, pathOf, lang, description, intro } = options;
	const { archive, conversation, clock } = c.var.services;
	const list = archive.paginate(posts, number);
	if (list === null) return c.notFound();
	const ids = list.posts.map((post) => post.id);
	const counts = await conversation.comments.counts(ids).catch((error) => {
		// The list is served without counts, but must not be cached that way.
		logDatabaseFailure(error, c);
		return null;
	});
	cache(c, counts === null ? "none" : "shared", {
		tags: ids.map(countTag),
		...(counts === null ? {} : { validator: countsValidator(ids, counts) }),
	});
	const full = archive.site.home === "full" && heading === null;
	// Warms the cache in sequence: the view renders all bodies at once and would load a chunk they share several times.
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
			description={description}
			intro={intro}
			now={clock.now()}
		/>,
	);
}

/** Validates a list by its posts' comment counts. */
const countsValidator = (ids: readonly string[], counts: ReadonlyMap<string, number>): Validator => ({
	read: async ({ conversation }) => JSON.stringify([...(await conversation.comments.counts(ids))]),
	value: JSON.stringify([...counts]),
});

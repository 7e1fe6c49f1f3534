import type { Child } from "hono/jsx";
import { countTag } from "../../caching/tags.ts";
import type { Post } from "../../posts/post.ts";
import { cache } from "../http/caching.ts";
import type { AppContext } from "../http/context.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { readCounts } from "./comment-counts.ts";
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
	const { archive, clock } = c.var.services;
	const list = archive.paginate(posts, number);
	if (list === null) return c.notFound();
	// If they cannot be read the list is served without, but must not be cached that way.
	const counts = await readCounts(c, list.posts);
	cache(c, counts === null ? "none" : "shared", {
		tags: list.posts.map(({ id }) => countTag(id)),
		...(counts === null ? {} : { validator: counts.validator }),
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
			counts={counts?.of ?? new Map()}
			full={full}
			lang={lang ?? archive.site.language}
			byLanguage={heading === null || lang !== undefined}
			description={description}
			intro={intro}
			now={clock.now()}
		/>,
	);
}

import { Hono } from "hono";
import { commentFeedTag, threadTag } from "../../caching/tags.ts";
import { feedExtensions } from "../../posts/locations.ts";
import type { AppEnv } from "../http/context.ts";
import { commentFeedPathOf, homePath } from "../ui/links.ts";
import { fill, stringsFor } from "../ui/strings/strings.ts";
import { commentCursors, respondWithCommentFeed } from "./comment-feed.ts";

/** Routes of the comment feeds: the site's, and each post's. */
export const commentFeeds = new Hono<AppEnv>();

for (const extension of feedExtensions) {
	commentFeeds.get(commentFeedPathOf(homePath(), extension), commentCursors, (c) => {
		const { site } = c.var.services.archive;
		return respondWithCommentFeed(c, extension, {
			title: fill(stringsFor(site.language).commentsOnSite, { title: site.title }),
			entry: null,
			path: homePath(),
			lang: site.language,
			tag: commentFeedTag,
		});
	});

	commentFeeds.get(commentFeedPathOf("/:post{.+}", extension), commentCursors, (c) => {
		const { archive, clock } = c.var.services;
		const path = new URL(c.req.url).pathname;
		const entry = archive.find(path.slice(0, path.lastIndexOf("/") + 1), clock.now());
		if (entry === null || entry.comments === "off") return c.notFound();
		return respondWithCommentFeed(c, extension, {
			title: fill(stringsFor(entry.lang).commentsOnPost, { title: entry.title }),
			entry,
			path: entry.path,
			lang: entry.lang,
			tag: threadTag(entry.id),
		});
	});
}

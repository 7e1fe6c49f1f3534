import { Hono } from "hono";
import { commentFeedTag, threadTag } from "../../caching/tags.ts";
import { commentFeedPath, commentFeedPathOf } from "../../posts/locations.ts";
import type { AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";
import { homePath } from "../ui/links.ts";
import { fill, stringsFor } from "../ui/strings/strings.ts";
import { respondWithCommentFeed } from "./comment-feed-response.ts";

/** Routes of the comment feeds: the site's, and each post's. */
export const commentFeeds = new Hono<AppEnv>();

commentFeeds.get(commentFeedPath, noQuery, (c) => {
	const { site } = c.var.services.archive;
	return respondWithCommentFeed(c, {
		title: fill(stringsFor(site.language).commentsOnSite, { title: site.title }),
		postId: null,
		path: homePath(),
		feedPath: commentFeedPath,
		tag: commentFeedTag,
	});
});

commentFeeds.get("/:post{.+}/comments.xml", noQuery, (c) => {
	const { archive, clock } = c.var.services;
	const path = new URL(c.req.url).pathname;
	const entry = archive.find(path.slice(0, path.lastIndexOf("/") + 1), clock.now());
	if (entry === null || entry.comments === "off") return c.notFound();
	return respondWithCommentFeed(c, {
		title: fill(stringsFor(entry.lang).commentsOnPost, { title: entry.title }),
		postId: entry.id,
		path: entry.path,
		feedPath: commentFeedPathOf(entry.path),
		tag: threadTag(entry.id),
	});
});

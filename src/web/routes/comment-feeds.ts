import { Hono } from "hono";
import { commentFeedTag, threadTag } from "../../freshness/tags.ts";
import { commentFeedPath, commentFeedPathOf } from "../../posts/locations.ts";
import { showCommentFeed } from "../comment-feed.ts";
import type { AppEnv } from "../context.ts";
import { fill, stringsFor } from "../strings/strings.ts";
import { homePath } from "../views/links.ts";

/** What people follow the conversation by: the whole site's, and each post's. */
export const commentFeeds = new Hono<AppEnv>();

commentFeeds.get(commentFeedPath, (c) => {
	const { site } = c.var.services.archive;
	return showCommentFeed(c, {
		title: fill(stringsFor(site.language).commentsOnSite, { title: site.title }),
		postId: null,
		path: homePath(),
		feedPath: commentFeedPath,
		tag: commentFeedTag,
	});
});

commentFeeds.get("/:post{.+}/comments.xml", (c) => {
	const { archive, now } = c.var.services;
	const path = new URL(c.req.url).pathname;
	const entry = archive.find(path.slice(0, path.lastIndexOf("/") + 1), now());
	if (entry === null || entry.comments === "off") return c.notFound();
	return showCommentFeed(c, {
		title: fill(stringsFor(entry.lang).commentsOnPost, { title: entry.title }),
		postId: entry.id,
		path: entry.path,
		feedPath: commentFeedPathOf(entry.path),
		tag: threadTag(entry.id),
	});
});

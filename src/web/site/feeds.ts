import { Hono } from "hono";
import { feedExtensions } from "../../posts/locations.ts";
import type { AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";
import { blogrollPath, feedPathOf, homePath } from "../ui/links.ts";
import { respondWithBlogroll } from "./blogroll.ts";
import { numberedPages } from "./feed-response.ts";
import { feedStylePath, respondWithFeedStyle } from "./feed-style.ts";
import { respondWithPostFeed } from "./post-feed.ts";

/** Routes of the blog's feed, of the feeds it recommends and of the style sheet of all feeds. */
export const feeds = new Hono<AppEnv>();

for (const extension of feedExtensions) {
	feeds.get(feedPathOf(homePath(), extension), numberedPages, (c) => {
		const { archive, clock } = c.var.services;
		return respondWithPostFeed(c, extension, {
			title: archive.site.title,
			posts: archive.published(clock.now()),
			path: homePath(),
		});
	});
}

feeds.get(blogrollPath, noQuery, respondWithBlogroll);

feeds.get(feedStylePath, noQuery, respondWithFeedStyle);

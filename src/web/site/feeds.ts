import { Hono } from "hono";
import type { AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";
import { feedPathOf, homePath } from "../ui/links.ts";
import { respondWithFeed } from "./feed-response.ts";

/** Route of the blog's feed. */
export const feeds = new Hono<AppEnv>();

feeds.get("/feed.xml", noQuery, (c) => {
	const { archive, clock } = c.var.services;
	return respondWithFeed(c, {
		title: archive.site.title,
		posts: archive.published(clock.now()),
		path: homePath(),
		feedPath: feedPathOf(homePath()),
	});
});

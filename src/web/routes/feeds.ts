import { Hono } from "hono";
import type { AppEnv } from "../context.ts";
import { showFeed } from "../show-feed.ts";
import { feedPathOf, homePath } from "../views/links.ts";

/** What readers follow the blog by. */
export const feeds = new Hono<AppEnv>();

feeds.get("/feed.xml", (c) => {
	const { archive, now } = c.var.services;
	return showFeed(c, {
		title: archive.site.title,
		posts: archive.published(now()),
		path: homePath(),
		feedPath: feedPathOf(homePath()),
	});
});

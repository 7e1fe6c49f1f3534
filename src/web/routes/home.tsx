import { Hono } from "hono";
import type { AppEnv } from "../context.ts";
import { homePath } from "../views/links.ts";
import { showList } from "./show-list.tsx";

/** The newest posts, page by page. */
export const home = new Hono<AppEnv>();

home.get("/", (c) =>
	showList(c, {
		heading: null,
		number: 1,
		pathOf: homePath,
		posts: c.var.services.archive.published(c.var.services.now()),
	}),
);

home.get("/page/:number{[0-9]+}/", (c) => {
	const { archive, now } = c.var.services;
	const number = Number(c.req.param("number"));
	return showList(c, { heading: null, number, pathOf: homePath, posts: archive.published(now()) });
});

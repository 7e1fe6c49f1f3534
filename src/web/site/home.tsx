import { Hono } from "hono";
import type { Post } from "../../posts/post.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";
import { homePath } from "../ui/links.ts";
import { respondWithList } from "./list-response.tsx";

/** Routes of the home page and its further pages. */
export const home = new Hono<AppEnv>();

home.get("/", noQuery, (c) =>
	respondWithList(c, {
		heading: null,
		number: 1,
		pathOf: homePath,
		posts: homePosts(c),
	}),
);

home.get("/page/:number{[0-9]+}/", noQuery, (c) => {
	const number = Number(c.req.param("number"));
	return respondWithList(c, {
		heading: null,
		number,
		pathOf: homePath,
		posts: homePosts(c),
	});
});

function homePosts(c: AppContext): readonly Post[] {
	const { archive, clock } = c.var.services;
	return archive.pinnedFirst(archive.published(clock.now()));
}

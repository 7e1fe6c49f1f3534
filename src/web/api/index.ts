import { Hono } from "hono";
import { cors } from "hono/cors";
import { privateByDefault } from "../http/caching.ts";
import type { AppEnv } from "../http/context.ts";
import { blog } from "./blog.ts";
import { comments } from "./comments.ts";
import { counts } from "./counts.ts";
import { entries } from "./entries.ts";
import { oembed } from "./oembed.ts";
import { search } from "./search.ts";
import { terms } from "./terms.ts";

/** Data for programs of every origin, by GET only, cached and purged like pages. Errors are `application/problem+json`. */
export const api = new Hono<AppEnv>();

api.use("/api/*", privateByDefault, async (c, next) => {
	if (c.req.method === "OPTIONS") c.header("Allow", "GET, HEAD, OPTIONS");
	await next();
});
api.use(
	"/api/*",
	cors({
		origin: "*",
		allowMethods: ["GET", "HEAD"],
		allowHeaders: ["If-None-Match", "If-Modified-Since"],
		exposeHeaders: ["ETag", "Last-Modified", "Link"],
		maxAge: 86_400,
	}),
);

api.route("/", blog); //     /api/v1
api.route("/", entries); //  /api/v1/posts  /api/v1/posts/…  /api/v1/pages  /api/v1/pages/…
api.route("/", comments); // /api/v1/posts/…/comments
api.route("/", counts); //   /api/v1/counts
api.route("/", terms); //    /api/v1/categories  /api/v1/tags  …
api.route("/", search); //   /api/v1/search
api.route("/", oembed); //   /api/oembed

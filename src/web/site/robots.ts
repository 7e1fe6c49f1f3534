import { Hono } from "hono";
import { privateSegments } from "../../posts/engine-paths.ts";
import { cache } from "../http/caching.ts";
import type { AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";
import { aiRules, signalsLine } from "./ai-crawlers.ts";

/** Routes for crawlers. */
export const robots = new Hono<AppEnv>();

robots.get("/robots.txt", noQuery, (c) => {
	cache(c, "asset");
	const { url, crawlers } = c.var.services.archive.site;
	// The segment alone is a prefix (RFC 9309): `/me` would also exclude a post at `/menu/`.
	const excluded = privateSegments.flatMap((segment) => [`/${segment}$`, `/${segment}?`, `/${segment}/`]);
	const lines = [...excluded, "/*?flash=", "/*?preview="].map((path) => `Disallow: ${path}\n`);
	const rules = `${signalsLine(crawlers)}${lines.join("")}`;
	return c.text(`${aiRules(crawlers)}User-agent: *\n${rules}\nSitemap: ${url}/sitemap.xml\n`);
});

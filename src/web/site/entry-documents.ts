import { Hono } from "hono";
import { cache } from "../http/caching.ts";
import type { AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";
import { href } from "../ui/links.ts";
import { readEntryDocument } from "./read-entry-document.ts";

/** Routes of posts and pages as Markdown. */
export const entryDocuments = new Hono<AppEnv>();

entryDocuments.get("/:post{.+}/index.md", noQuery, async (c) => {
	const { archive, clock } = c.var.services;
	const path = new URL(c.req.url).pathname;
	const entry = archive.find(path.slice(0, path.lastIndexOf("/") + 1), clock.now());
	if (entry === null) return c.notFound();
	const text = await readEntryDocument(archive, entry);
	cache(c, "shared");
	// Search engines list the page instead.
	const canonical = entry.canonical ?? archive.site.url + href(entry.path);
	c.header("Link", `<${canonical}>; rel="canonical"`);
	if (entry.unlisted) c.header("X-Robots-Tag", "noindex");
	// Browsers run nothing in this type, with `nosniff` and the policy of every response.
	return c.body(text, 200, { "Content-Type": "text/markdown; charset=utf-8" });
});

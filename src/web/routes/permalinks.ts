import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { threadTag } from "../../freshness/tags.ts";
import { cache } from "../caching.ts";
import type { AppEnv } from "../context.ts";
import { stringsFor } from "../strings/strings.ts";
import { pageSize, troubleOf } from "../thread.ts";
import { commentAnchor, href } from "../views/links.ts";

/** A comment's own address, whatever page of its thread it is on by now. */
export const permalinks = new Hono<AppEnv>();

permalinks.get("/comments/:id{[1-9][0-9]{0,14}}", async (c) => {
	const { archive, comments, now } = c.var.services;
	const id = Number(c.req.param("id"));
	const place = await comments.place(id, pageSize).catch((cause) => {
		troubleOf(cause, c);
		throw new BlogError("unavailable", stringsFor(archive.site.language).conversationDown, { cause });
	});
	const entry = place && archive.byId(place.postId, now());
	if (!place || !entry || entry.comments === "off") return c.notFound();
	if (place.state === "deleted") throw new BlogError("gone", stringsFor(entry.lang).takenBack);
	if (place.state !== "published") return c.notFound();
	cache(c, "shared", { tags: [threadTag(entry.id)] });
	const query = place.after === null ? "" : `?after=${place.after}`;
	return c.redirect(`${href(entry.path)}${query}#${commentAnchor(id)}`, 302);
});

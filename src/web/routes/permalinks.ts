import { Hono } from "hono";
import type { CommentRepository } from "../../comments/repository.ts";
import { BlogError } from "../../errors.ts";
import { threadTag } from "../../freshness/tags.ts";
import { cache } from "../caching.ts";
import type { AppEnv } from "../context.ts";
import { stringsFor } from "../strings/strings.ts";
import { pageSize, troubleOf } from "../thread.ts";
import { threadQuery } from "../thread-address.ts";
import { commentAnchor, href } from "../views/links.ts";

/** A comment's own address, whatever page of its thread it is on by now. */
export const permalinks = new Hono<AppEnv>();

/** How many comments a post has: what an open page asks to learn that there are new ones. */
permalinks.get("/comments/count", async (c) => {
	const { archive, comments, now } = c.var.services;
	const entry = archive.byId(c.req.query("post") ?? "", now());
	if (entry === null || entry.comments === "off") return c.notFound();
	const countNow = async ({ comments }: { comments: CommentRepository }) =>
		JSON.stringify({ comments: (await comments.counts([entry.id])).get(entry.id) ?? 0 });
	const said = await countNow({ comments }).catch((cause) => {
		troubleOf(cause, c);
		throw new BlogError("unavailable", stringsFor(entry.lang).conversationDown, { cause });
	});
	cache(c, "shared", {
		tags: [threadTag(entry.id)],
		witness: { ask: countNow, said },
		query: ["post"],
	});
	return c.body(said, 200, { "Content-Type": "application/json" });
});

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
	return c.redirect(`${href(entry.path)}${threadQuery(place.position)}#${commentAnchor(id)}`, 302);
});

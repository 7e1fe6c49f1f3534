import { Hono } from "hono";
import { threadTag } from "../../caching/tags.ts";
import { BlogError } from "../../errors.ts";
import { cache } from "../http/caching.ts";
import type { AppEnv, Services } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { knownQuery, noQuery } from "../http/known-query.ts";
import { commentAnchor, href } from "../ui/links.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { threadQuery } from "../ui/thread-address.ts";
import { commentsPerPage } from "./read-thread.ts";

/** How many of the newest comments a count names. */
const maxLatest = 20;

/** Routes of a comment's permalink, which redirects to the page of the thread that shows it, and of comment counts. */
export const commentPermalinks = new Hono<AppEnv>();

// An open page polls this count to announce new comments, and links to the first of them.
commentPermalinks.get("/comments/count", knownQuery(countQuery), async (c) => {
	const { archive, conversation, clock } = c.var.services;
	const entry = archive.findById(c.req.query("post") ?? "", clock.now());
	if (entry === null || entry.comments === "off") return c.notFound();
	const readCount = async ({ conversation }: Pick<Services, "conversation">) => {
		const [counts, latest] = await Promise.all([
			conversation.comments.counts([entry.id]),
			conversation.comments.latestIds(entry.id, maxLatest),
		]);
		return JSON.stringify({ comments: counts.get(entry.id) ?? 0, latest });
	};
	const json = await readCount({ conversation }).catch((cause) => {
		logDatabaseFailure(cause, c);
		throw new BlogError("unavailable", stringsFor(entry.lang).commentsUnavailable, { cause });
	});
	cache(c, "shared", {
		tags: [threadTag(entry.id)],
		validator: { read: readCount, value: json },
	});
	return c.body(json, 200, { "Content-Type": "application/json" });
});

commentPermalinks.get("/comments/:id{[1-9][0-9]{0,14}}", noQuery, async (c) => {
	const { archive, conversation, clock } = c.var.services;
	const id = Number(c.req.param("id"));
	const place = await conversation.comments.locate(id, commentsPerPage).catch((cause) => {
		logDatabaseFailure(cause, c);
		throw new BlogError("unavailable", stringsFor(archive.site.language).commentsUnavailable, { cause });
	});
	const entry = place && archive.findById(place.postId, clock.now());
	if (!place || !entry || entry.comments === "off") return c.notFound();
	if (place.state === "deleted") throw new BlogError("gone", stringsFor(entry.lang).commentDeleted);
	if (place.state !== "published") return c.notFound();
	cache(c, "shared", { tags: [threadTag(entry.id)] });
	return c.redirect(`${href(entry.path)}${threadQuery(place.position)}#${commentAnchor(id)}`, 302);
});

/** Returns the query that names a post. */
function countQuery(query: URLSearchParams): string {
	return `?post=${encodeURIComponent(query.get("post") ?? "")}`;
}

import { Hono } from "hono";
import { countTag } from "../../caching/tags.ts";
import { BlogError } from "../../errors.ts";
import { apiPath } from "../../posts/locations.ts";
import type { AppEnv } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { countsValidator } from "../http/validators.ts";
import { unreadable } from "./problem.ts";
import { redirectToOwnAddress, respondWithData } from "./respond.ts";

/** Route of the numbers of comments on several posts and pages. */
export const counts = new Hono<AppEnv>();

/** Posts in one answer; each is a tag of the cached answer. */
const maxIds = 50;

counts.get(`${apiPath}/counts`, async (c) => {
	const { archive, conversation, clock } = c.var.services;
	const given = new URL(c.req.url).searchParams;
	const unknown = [...given.keys()].find((name) => name !== "id");
	if (unknown !== undefined)
		throw new BlogError("invalid", `There is no parameter "${unknown}"; there is id, once for each post.`);
	const asked = [...new Set(given.getAll("id"))];
	if (asked.length === 0 || asked.length > maxIds)
		throw new BlogError("invalid", `${asked.length} ids are given; give 1 to ${maxIds}, as id=…&id=….`);
	// In one order and without ids that nothing has: the same posts have one address.
	const ids = asked.filter((id) => (archive.findById(id, clock.now())?.comments ?? "off") !== "off").sort();
	if (ids.length === 0)
		throw new BlogError("not_found", "No post or page with comments has one of these ids.");
	const redirect = redirectToOwnAddress(
		c,
		`${apiPath}/counts`,
		ids.map((id) => ["id", id]),
	);
	if (redirect !== null) return redirect;
	const read = await conversation.comments.counts(ids).catch((cause) => {
		logDatabaseFailure(cause, c);
		throw new BlogError("unavailable", unreadable, { cause });
	});
	return respondWithData(
		c,
		{ counts: Object.fromEntries(ids.map((id) => [id, read.get(id) ?? 0])) },
		{ tags: ids.map(countTag), validator: countsValidator(ids, read) },
	);
});

import { Hono } from "hono";
import { threadTag } from "../../caching/tags.ts";
import type { Comment } from "../../comments/comment.ts";
import { BlogError } from "../../errors.ts";
import { apiPath } from "../../posts/locations.ts";
import { addDirections } from "../../text/direction.ts";
import type { AppEnv } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { revisionValidator } from "../http/validators.ts";
import { commentPath } from "../ui/links.ts";
import { findEntry } from "./find-entry.ts";
import { unreadable } from "./problem.ts";
import { entryPath, toIso } from "./resources.ts";
import { queryOf, readParameters, redirectToOwnAddress, respondWithData } from "./respond.ts";

/** Route of the public comments on a post or page. */
export const comments = new Hono<AppEnv>();

/** Comments in one answer. */
const commentsPerAnswer = 50;

comments.get(`${apiPath}/:kind{posts|pages}/:id/comments`, async (c) => {
	const { after } = readParameters(c, ["after"]);
	if (after !== undefined && !/^[1-9]\d{0,14}$/.test(after))
		throw new BlogError("invalid", `"after" is "${after}"; give the id of a comment, a number.`);
	const { kind, entry } = findEntry(c);
	if (entry.comments === "off") throw new BlogError("not_found", `"${entry.id}" has no comments.`);
	const path = `${entryPath(kind, entry.id)}/comments`;
	const redirect = redirectToOwnAddress(c, path, [["after", after]]);
	if (redirect !== null) return redirect;
	const { archive, conversation } = c.var.services;
	const { url } = archive.site;
	const cursor = after === undefined ? null : Number(after);
	const page = await conversation.comments
		.listPublished(entry.id, cursor, commentsPerAnswer)
		.catch((cause) => {
			logDatabaseFailure(cause, c);
			throw new BlogError("unavailable", unreadable, { cause });
		});
	if (page === null)
		throw new BlogError("not_found", `No comment here had the id ${after}; begin again without "after".`);
	const { next } = page;
	return respondWithData(
		c,
		{
			comments: page.comments.map((comment) => commentResource(comment, url)),
			count: page.count,
			next: next === null ? null : url + path + queryOf([["after", String(next)]]),
		},
		{ tags: [threadTag(entry.id)], validator: revisionValidator(entry.id, page.revision) },
	);
});

/** Returns what the page shows of a comment, field by field: nothing else of a person may get out. */
function commentResource(comment: Comment, url: string) {
	const { id, parentId, name, website, html, lang, createdAt, publishedAt, editedAt } = comment;
	return {
		id,
		url: url + commentPath(id),
		parent: parentId,
		name,
		website,
		html: addDirections(html),
		language: lang,
		written: toIso(createdAt),
		published: toIso(publishedAt ?? createdAt),
		edited: editedAt === null ? null : toIso(editedAt),
		by_author: comment.byAuthor,
		verified: comment.verified,
		reactions: comment.tallies,
	};
}

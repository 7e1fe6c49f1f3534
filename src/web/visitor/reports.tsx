import { Hono } from "hono";
import type { Comment } from "../../comments/comment.ts";
import { parseReason } from "../../comments/reports.ts";
import { BlogError } from "../../errors.ts";
import type { Page, Post } from "../../posts/post.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { readForm } from "../http/form.ts";
import { networkOf } from "../http/network.ts";
import { explainLimit, reachedLimit } from "../http/write-limit.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { ReportPage } from "./report-page.tsx";

/** The form with which readers report a comment to the moderators, without an account. */
export const reports = new Hono<AppEnv>();

const path = "/comments/:id{[1-9][0-9]{0,14}}";

reports.get(`${path}/report`, async (c) => {
	const found = await findReported(c);
	const state = c.req.query("sent") === undefined ? "writing" : "sent";
	return found === null ? c.notFound() : show(c, found, { is: state }, "", 200);
});

reports.post(`${path}/reports`, async (c) => {
	const form = await readForm(c);
	const found = await findReported(c);
	if (found === null) return c.notFound();
	const { conversation, clock } = c.var.services;
	const { lang } = found.entry;
	const typed = form("reason");
	const reason = parseReason(typed);
	if (reason === null) return show(c, found, { is: "too_long" }, typed, 422);
	try {
		const reached = await reachedLimit(c, "report");
		if (reached !== null) {
			return show(c, found, { is: "refused", why: explainLimit(c, reached, lang) }, typed, 429);
		}
		const commentId = found.comment.id;
		await conversation.reports.add({ commentId, network: await networkOf(c), reason, now: clock.now() });
		return c.redirect(`/comments/${commentId}/report?sent`, 303);
	} catch (error) {
		logDatabaseFailure(error, c);
		return show(c, found, { is: "refused", why: stringsFor(lang).reportUnavailable }, typed, 503);
	}
});

/** Shows the report again as it was sent by a page of another site. */
export async function refuseCrossSiteReport(c: AppContext): Promise<Response> {
	const form = await readForm(c);
	const found = await findReported(c);
	if (found === null) return c.notFound();
	const { refusedOrigin } = stringsFor(found.entry.lang);
	return show(c, found, { is: "refused", why: refusedOrigin }, form("reason"), 403);
}

type ReportedComment = { comment: Comment; entry: Post | Page };

/** Finds a public comment that is not the blog's own, with its post. */
async function findReported(c: AppContext): Promise<ReportedComment | null> {
	const { archive, openStore, clock } = c.var.services;
	const id = Number(c.req.param("id"));
	const comment = await openStore("nearest")
		.conversation.comments.find(id)
		.catch((cause) => {
			logDatabaseFailure(cause, c);
			throw new BlogError("unavailable", stringsFor(archive.site.language).commentsUnavailable, { cause });
		});
	const entry = comment && archive.findById(comment.postId, clock.now());
	return comment === null || entry === null || comment.byAuthor ? null : { comment, entry };
}

type State = Parameters<typeof ReportPage>[0]["state"];

async function show(
	c: AppContext,
	{ comment, entry }: ReportedComment,
	state: State,
	reason: string,
	status: 200 | 403 | 422 | 429 | 503,
): Promise<Response> {
	const { archive } = c.var.services;
	return c.html(<ReportPage {...{ archive, comment, entry, state, reason }} />, status);
}

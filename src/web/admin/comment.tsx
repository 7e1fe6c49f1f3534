import { Hono } from "hono";
import { parseComment } from "../../comments/parse-comment.ts";
import { firstVersion } from "../../comments/repository.ts";
import { BlogError } from "../../errors.ts";
import { edit, reply, setPinned } from "../../moderation/operations.ts";
import type { ModeratedComment } from "../../moderation/queue.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { readForm } from "../http/form.ts";
import { plural } from "../ui/strings/strings.ts";
import { type CommentFields, CommentPage, commentErrors } from "./comment-page.tsx";
import {
	adminFrame,
	adminLanguageOf,
	auditContext,
	currentMember,
	redirectWithResult,
	seenVersions,
} from "./request.ts";

/** One comment: edit, reply, pin. */
export const moderatedComment = new Hono<AppEnv>();

const path = "/admin/comments/:id{[1-9][0-9]{0,14}}";

moderatedComment.get(path, async (c) => {
	const comment = await c.var.services.moderation.queue.find(Number(c.req.param("id")));
	return comment === null ? c.notFound() : show(c, comment, {});
});

moderatedComment.post(`${path}/text`, async (c) => {
	const comment = await c.var.services.moderation.queue.find(Number(c.req.param("id")));
	if (comment === null || isGone(comment)) return c.notFound();
	const form = await readForm(c);
	const typed = { name: form("name"), website: form("website"), text: form("text") };
	const reason = form("reason");
	const version = seenVersions([form("seen")]).get(comment.id) ?? firstVersion;
	const { strings } = adminLanguageOf(c);
	const parsed = await parseComment({ ...typed, email: "" });
	if ("errors" in parsed) {
		const errors = commentErrors(strings, parsed.errors);
		return show(c, comment, { typed: { ...typed, reason, version }, errors, status: 422 });
	}
	const { name, website, text: source } = parsed.draft;
	const context = auditContext(c, reason);
	const text = { name, website, source };
	const result = await edit(c.var.services.moderation, comment.id, version, text, context);
	if (result === "changed") {
		// Read again: saving once more replaces the version that this page shows.
		const now = (await c.var.services.moderation.queue.find(comment.id)) ?? comment;
		const errors = [isGone(now) ? strings.editedMeanwhileGone : strings.editedMeanwhile];
		return show(c, now, { typed: { ...typed, reason, version: now.version }, errors, status: 409 });
	}
	return redirectWithResult(
		c,
		c.req.path.replace(/\/text$/, ""),
		result === "done" ? context.operation : "nothing",
	);
});

moderatedComment.post(`${path}/reply`, async (c) => {
	const comment = await c.var.services.moderation.queue.find(Number(c.req.param("id")));
	if (comment === null) return c.notFound();
	const form = await readForm(c);
	const { strings } = adminLanguageOf(c);
	const { name, website, memberKey } = signatureOf(c);
	// The name comes from the site or the member, so it is not checked as a visitor’s would be.
	const parsed = await parseComment({ name: "-", email: "", website: website ?? "", text: form("text") });
	if ("errors" in parsed) {
		const errors = commentErrors(strings, parsed.errors);
		return show(c, comment, { reply: form("text"), errors, status: 422 });
	}
	const key = form("key");
	if (!/^[0-9a-f-]{36}$/.test(key)) throw new BlogError("invalid", strings.crossSiteRefused);
	const context = { ...auditContext(c), operation: key };
	const draft = { text: parsed.draft.text, name, website, memberKey };
	const id = await reply(c.var.services.moderation, comment, draft, {
		...context,
		seen: seenVersions([form("seen")]),
	});
	if (id === "unread") {
		const changed = (await c.var.services.moderation.queue.find(comment.id)) ?? comment;
		const errors = [plural(strings.changedSince, 1, adminLanguageOf(c).lang)];
		return show(c, changed, { reply: form("text"), errors, status: 409 });
	}
	if (id === null)
		return show(c, comment, { reply: form("text"), errors: [strings.replyRefused], status: 409 });
	return redirectWithResult(c, `/admin/comments/${comment.id}`, context.operation);
});

moderatedComment.post(`${path}/pin`, async (c) => {
	const comment = await c.var.services.moderation.queue.find(Number(c.req.param("id")));
	if (comment === null) return c.notFound();
	const form = await readForm(c);
	const context = auditContext(c, form("reason"));
	const which = form("pinned") === "yes" ? comment.id : null;
	const changed = await setPinned(c.var.services.moderation, comment.postId, which, context);
	return redirectWithResult(c, form("back"), changed ? context.operation : "nothing");
});

/** Whether its author deleted the comment: no text is left to edit. */
const isGone = ({ state, source }: ModeratedComment) => state === "deleted" && source === "";

/** The name a reply is signed with: owners reply as the site's author, moderators as themselves. */
function signatureOf(c: AppContext): { name: string; website: string | null; memberKey: string } {
	const { author } = c.var.services.archive.site;
	const { name, role, memberId } = currentMember(c);
	const memberKey = `member:${memberId ?? name}`;
	return role === "owner"
		? { name: author.name, website: author.url, memberKey }
		: { name, website: null, memberKey };
}

type PageState = {
	typed?: CommentFields;
	reply?: string;
	errors?: readonly string[];
	status?: 200 | 409 | 422;
};

async function show(
	c: AppContext,
	comment: ModeratedComment,
	{ typed, reply, errors, status = 200 }: PageState,
): Promise<Response> {
	const { archive, conversation, moderation, clock } = c.var.services;
	const [frame, thread, revisions, history] = await Promise.all([
		adminFrame(c),
		moderation.threads.find(comment.postId),
		conversation.ownComments.earlierVersions(comment.id),
		moderation.log.list({ before: null, commentId: comment.id }, 100),
	]);
	const props = {
		...frame,
		comment,
		closed: thread.closedAt !== null,
		hasEntry: archive.findById(comment.postId, clock.now()) !== null,
		revisions,
		history,
		now: clock.now(),
		here: `/admin/comments/${comment.id}`,
		signature: signatureOf(c).name,
		replyKey: crypto.randomUUID(),
		...(typed === undefined ? {} : { typed }),
		...(reply === undefined ? {} : { reply }),
		...(errors === undefined ? {} : { errors }),
	};
	return c.html(<CommentPage {...props} />, status);
}

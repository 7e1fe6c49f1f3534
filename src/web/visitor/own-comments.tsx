import { Hono } from "hono";
import { editableUntil, type JudgedComment, reviseComment } from "../../comments/own-comments.ts";
import { parseComment } from "../../comments/parse-comment.ts";
import { firstVersion } from "../../comments/repository.ts";
import { BlogError } from "../../errors.ts";
import type { Page, Post } from "../../posts/post.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { type Form, readForm } from "../http/form.ts";
import { requestOriginOf } from "../http/network.ts";
import { explainLimit, reachedLimit } from "../http/write-limit.ts";
import { type Strings, stringsFor } from "../ui/strings/strings.ts";
import { isAuthor } from "./authorship.ts";
import { flashUrl } from "./flash-url.ts";
import { OwnCommentPage, type OwnCommentState } from "./own-comment-page.tsx";

/** Routes on which authors edit and delete their comments. */
export const ownComments = new Hono<AppEnv>();

const comment = "/comments/:id{[1-9][0-9]{0,14}}";

ownComments.get(`${comment}/edit`, async (c) => {
	const key = c.req.query("key") ?? "";
	const own = await findOwnComment(c, key);
	if (own === null) return c.notFound();
	if (own.comment.state === "deleted") throw new BlogError("gone", own.strings.commentDeleted);
	const { source: text, version } = own.comment;
	return c.html(page(c, own, { is: "writing" }, { linkKey: key, text, version }));
});

ownComments.post(`${comment}/revisions`, async (c) => {
	const form = await readForm(c);
	const key = form("key");
	const own = await findOwnComment(c, key);
	if (own === null) return c.notFound();
	const { comment, entry, strings, secret } = own;
	const { archive, conversation, clock } = c.var.services;
	const text = form("text");
	const version = versionIn(form);
	const show = (state: OwnCommentState, status: 200 | 403 | 409 | 422 | 429 | 503) =>
		c.html(page(c, own, state, { linkKey: key, text, version }), status);

	if (comment.state === "deleted") return show({ is: "refused", reason: strings.commentDeleted }, 409);
	if (clock.now() >= editableUntil(comment, archive.site.comments)) return show({ is: "too_late" }, 403);
	const parsed = await parseComment({ name: "-", email: "", website: "", text });
	if ("errors" in parsed) return show({ is: "invalid", errors: parsed.errors }, 422);
	if (form("intent") === "preview") return show({ is: "preview", html: parsed.html }, 200);
	try {
		const reached = await reachedLimit(c, "comment");
		if (reached !== null) {
			return show({ is: "refused", reason: explainLimit(c, reached, entry.lang) }, 429);
		}
		const means = {
			repository: conversation.ownComments,
			judge: conversation.judge,
			now: clock.now(),
			log: c.var.services.log,
			requestOrigin: requestOriginOf(c),
		};
		const result = await reviseComment(comment, { text: parsed.draft.text, version }, means);
		if (result === "deleted") return show({ is: "refused", reason: strings.commentDeleted }, 409);
		if (result !== "done") {
			const shown = { linkKey: key, text, version: result.version };
			return c.html(page(c, { ...own, comment: result }, { is: "changed" }, shown), 409);
		}
	} catch (error) {
		logDatabaseFailure(error, c);
		return show({ is: "refused", reason: strings.refusedUnavailable }, 503);
	}
	const { id, createdAt } = comment;
	const flash = { post: entry.id, comment: id, createdAt, action: "edited", kind: null } as const;
	return c.redirect(await flashUrl(c, entry.path, flash, secret), 303);
});

ownComments.post(`${comment}/deletion`, async (c) => {
	const form = await readForm(c);
	const own = await findOwnComment(c, form("key"));
	if (own === null) return c.notFound();
	const { comment, entry, strings, secret } = own;
	const { conversation, clock } = c.var.services;
	await conversation.ownComments.erase(comment.id, clock.now()).catch((cause) => {
		logDatabaseFailure(cause, c);
		throw new BlogError("unavailable", strings.refusedUnavailable, { cause });
	});
	const flash = { post: entry.id, comment: null, action: "deleted", kind: null } as const;
	return c.redirect(await flashUrl(c, entry.path, flash, secret), 303);
});

/** Shows the comment's form again, with the text as it was sent by a page of another site. */
export async function refuseCrossSiteChange(c: AppContext): Promise<Response> {
	const form = await readForm(c);
	const own = await findOwnComment(c, form("key"));
	if (own === null) return c.notFound();
	const text = form("text") || own.comment.source;
	const state = { is: "refused", reason: own.strings.refusedOrigin } as const;
	return c.html(page(c, own, state, { linkKey: form("key"), text, version: versionIn(form) }), 403);
}

/** Returns the version of the comment that a form was made from. */
const versionIn = (form: Form): number => Number(form("version")) || firstVersion;

type OwnComment = { comment: JudgedComment; entry: Post | Page; strings: Strings; secret: string };

/** Finds the author's comment, with everything needed to respond to them; null if its post is gone. Throws for all others. */
async function findOwnComment(c: AppContext, key: string): Promise<OwnComment | null> {
	const { archive, conversation, clock, secrets } = c.var.services;
	const site = stringsFor(archive.site.language);
	if (secrets.signing === null) throw new BlogError("unavailable", site.commentsSettingUp);
	const comment = await conversation.ownComments.find(Number(c.req.param("id"))).catch((cause) => {
		logDatabaseFailure(cause, c);
		throw new BlogError("unavailable", site.commentsUnavailable, { cause });
	});
	// Whether there is no such comment or it is held, spam or another's, the answer is the same, and takes the same work.
	const isOwn = await isAuthor(
		c,
		comment ?? { id: Number(c.req.param("id")), visitor: "", createdAt: 0 },
		key,
		secrets.signing,
	);
	if (!comment || !isOwn) throw new BlogError("forbidden", site.notYourComment);
	const entry = archive.findById(comment.postId, clock.now());
	if (!entry) return null;
	return { comment, entry, strings: stringsFor(entry.lang), secret: secrets.signing };
}

function page(
	c: AppContext,
	{ comment, entry }: OwnComment,
	state: OwnCommentState,
	form: { linkKey: string; text: string; version: number },
) {
	const { archive, clock } = c.var.services;
	const until = editableUntil(comment, archive.site.comments);
	return (
		<OwnCommentPage
			archive={archive}
			entry={entry}
			comment={comment}
			state={state}
			open={clock.now() < until}
			until={until}
			{...form}
		/>
	);
}

import { Hono } from "hono";
import { editableUntil, type JudgedComment, reviseComment } from "../../comments/authorship.ts";
import { parseDraft } from "../../comments/draft.ts";
import { renderedComment } from "../../comments/rendered.ts";
import { BlogError } from "../../errors.ts";
import type { Page, Post } from "../../posts/post.ts";
import { isAuthor } from "../authorship.ts";
import { cache } from "../caching.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { boundedBody, readForm } from "../form.ts";
import { isSameOrigin } from "../middleware/same-origin.ts";
import { arrivalOf } from "../network.ts";
import { type Strings, stringsFor } from "../strings/strings.ts";
import { troubleOf } from "../thread.ts";
import { OwnCommentPage, type OwnCommentState } from "../views/own-comment-page.tsx";
import { freshAddress } from "./comments.tsx";

/** Changing and deleting what one has written oneself. */
export const ownComments = new Hono<AppEnv>();

const comment = "/comments/:id{[1-9][0-9]{0,14}}";

ownComments.get(`${comment}/edit`, async (c) => {
	cache(c, "none");
	const key = c.req.query("key") ?? "";
	const own = await ownComment(c, key);
	if (own === null) return c.notFound();
	if (own.comment.state === "deleted") throw new BlogError("gone", own.strings.takenBack);
	return c.html(page(c, own, { is: "writing" }, { linkKey: key, text: own.comment.source }));
});

ownComments.post(`${comment}/revisions`, boundedBody, async (c) => {
	cache(c, "none");
	const form = await readForm(c);
	const key = form("key");
	const own = await ownComment(c, key);
	if (own === null) return c.notFound();
	const { comment, entry, strings, secret } = own;
	const { archive, authorship, judge, now } = c.var.services;
	const text = form("text");
	const show = (state: OwnCommentState, status: 200 | 403 | 409 | 422 | 503) =>
		c.html(page(c, own, state, { linkKey: key, text }), status);

	if (!isSameOrigin(c)) return show({ is: "refused", why: strings.refusedOrigin }, 403);
	if (comment.state === "deleted") return show({ is: "refused", why: strings.takenBack }, 409);
	if (now() >= editableUntil(comment, archive.site.comments)) return show({ is: "too_late" }, 403);
	const parsed = parseDraft({ name: "-", email: "", website: "", text });
	if ("errors" in parsed) return show({ is: "invalid", errors: parsed.errors }, 422);
	if (form("intent") === "preview") {
		return show({ is: "preview", html: await renderedComment(parsed.draft.text) }, 200);
	}
	try {
		const means = { repository: authorship, judge, now: now(), arrival: arrivalOf(c) };
		if (!(await reviseComment(comment, parsed.draft.text, means))) {
			return show({ is: "refused", why: strings.takenBack }, 409);
		}
	} catch (error) {
		troubleOf(error, c);
		return show({ is: "refused", why: strings.refusedUnavailable }, 503);
	}
	const act = { post: entry.id, comment: comment.id, act: "edited", kind: null } as const;
	return c.redirect(await freshAddress(c, entry.path, act, secret), 303);
});

ownComments.post(`${comment}/deletion`, boundedBody, async (c) => {
	cache(c, "none");
	const form = await readForm(c);
	const own = await ownComment(c, form("key"));
	if (own === null) return c.notFound();
	const { comment, entry, strings, secret } = own;
	const { authorship, now } = c.var.services;
	if (!isSameOrigin(c)) {
		return c.html(
			page(
				c,
				own,
				{ is: "refused", why: strings.refusedOrigin },
				{ linkKey: form("key"), text: comment.source },
			),
			403,
		);
	}
	await authorship.withdraw(comment.id, now()).catch((cause) => {
		troubleOf(cause, c);
		throw new BlogError("unavailable", strings.refusedUnavailable, { cause });
	});
	const act = { post: entry.id, comment: null, act: "deleted", kind: null } as const;
	return c.redirect(await freshAddress(c, entry.path, act, secret), 303);
});

type Own = { comment: JudgedComment; entry: Post | Page; strings: Strings; secret: string };

/** The comment the request is about, with what is needed to answer its author; null when there is none. */
async function ownComment(c: AppContext, key: string): Promise<Own | null> {
	const { archive, authorship, now, signingSecret } = c.var.services;
	const site = stringsFor(archive.site.language);
	if (signingSecret === null) throw new BlogError("unavailable", site.conversationSettingUp);
	const comment = await authorship.find(Number(c.req.param("id"))).catch((cause) => {
		troubleOf(cause, c);
		throw new BlogError("unavailable", site.conversationDown, { cause });
	});
	const entry = comment && archive.byId(comment.postId, now());
	if (!comment || !entry) return null;
	if (!(await isAuthor(c, comment, key, signingSecret))) throw new BlogError("forbidden", site.notYours);
	return { comment, entry, strings: stringsFor(entry.lang), secret: signingSecret };
}

function page(
	c: AppContext,
	{ comment, entry }: Own,
	state: OwnCommentState,
	form: { linkKey: string; text: string },
) {
	const { archive, now } = c.var.services;
	const until = editableUntil(comment, archive.site.comments);
	return (
		<OwnCommentPage
			archive={archive}
			entry={entry}
			comment={comment}
			state={state}
			open={now() < until}
			until={until}
			{...form}
		/>
	);
}

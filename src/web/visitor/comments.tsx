import { Hono } from "hono";
import { closedReason } from "../../comments/closing.ts";
import type { TypedComment } from "../../comments/draft.ts";
import { nameSkeletons } from "../../comments/names.ts";
import { parseComment } from "../../comments/parse-comment.ts";
import type { StoredComment } from "../../comments/repository.ts";
import { submitComment } from "../../comments/submit.ts";
import { challengeFor } from "../../comments/verdict.ts";
import { limitOf } from "../../comments/write-limits.ts";
import { BlogError } from "../../errors.ts";
import { parseAddress } from "../../notifications/subscription.ts";
import type { Page, Post } from "../../posts/post.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { entryOf, type Form, idOf, readForm } from "../http/form.ts";
import { earlierNetworksOf, isLoopback, networkOf, requestOriginOf } from "../http/network.ts";
import { setVisitorCookie, type Visitor, visitorOf } from "../http/visitor.ts";
import { explainLimit, reachedMailLimit } from "../http/write-limit.ts";
import { closedByPause, heldByPause, refusedByPause } from "../ui/pause-text.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { flashUrl } from "./flash-url.ts";
import { CommentFormPage, type CommentFormPageProps } from "./form-page.tsx";
import {
	formKeyOf,
	formSignalsOf,
	newFormState,
	repeatedFormState,
	updateAuthorCookie,
} from "./form-state.ts";

/** Routes to write a comment: the reply form, the preview, the post. */
export const comments = new Hono<AppEnv>();

comments.get("/comments/:id{[1-9][0-9]{0,14}}/reply", async (c) => {
	const { archive, openStore, clock } = c.var.services;
	const nearest = openStore("nearest").conversation.comments;
	const unavailable = (cause: unknown) => {
		logDatabaseFailure(cause, c);
		throw new BlogError("unavailable", stringsFor(archive.site.language).commentsUnavailable, { cause });
	};
	const parent = await findParent(c, Number(c.req.param("id")), nearest).catch(unavailable);
	const entry = parent && archive.findById(parent.postId, clock.now());
	if (!parent || !entry || entry.comments === "off") return c.notFound();
	const closing = await nearest.closing(entry.id).catch(unavailable);
	const closed = closedReason(entry, archive.site.comments, clock.now(), closing);
	const text = { lang: entry.lang, site: archive.site };
	if (closed !== null) {
		const { pause } = closing;
		const byPause = closed === "by_pause" && pause !== null ? closedByPause(pause, text) : null;
		throw new BlogError("forbidden", byPause ?? stringsFor(entry.lang).commentsClosed);
	}
	const { typed, form } = await newFormState(c);
	if (c.req.query("quote") !== undefined) typed.text = quote(parent.source);
	return c.html(
		<CommentFormPage
			archive={archive}
			entry={entry}
			parent={parent}
			typed={typed}
			notify={c.var.services.mail.readerNotifications === null ? null : false}
			formState={form}
			held={heldByPause(closing.pause, clock.now(), text)}
			state={{ is: "writing" }}
		/>,
	);
});

comments.post("/comments", async (c) => {
	const { archive, conversation, mail, monitoring, clock, log, secrets } = c.var.services;
	const sent = await readSentComment(c);
	const { form, entry, typed, parentId } = sent;
	const strings = stringsFor(entry.lang);
	const show = (state: FormPageState, status: FormPageStatus) => showForm(c, sent, state, status);

	const unknown = { closedAt: null, pause: null };
	if (closedReason(entry, archive.site.comments, clock.now(), unknown) !== null) {
		return show({ is: "refused", reason: strings.refusedClosed }, 403);
	}
	const parsed = await parseComment(typed);
	const address =
		mail.readerNotifications !== null && form("notify") !== "" ? parseAddress(typed.email) : undefined;
	if ("draft" in parsed && address === null)
		return show({ is: "invalid", errors: { email: "required" } }, 422);
	if ("errors" in parsed) return show({ is: "invalid", errors: parsed.errors }, 422);
	if (form("intent") === "preview") {
		return show({ is: "preview", draft: parsed.draft, html: parsed.html }, 200);
	}
	if (secrets.signing === null) return show({ is: "refused", reason: strings.refusedUnavailable }, 503);

	const visitor = await visitorOf(c, secrets.signing);
	try {
		const submission = {
			draft: parsed.draft,
			html: parsed.html,
			postId: entry.id,
			parentId,
			visitor: visitor.id,
			formKey: formKeyOf(form),
			network: await networkOf(c),
			earlierNetworks: await earlierNetworksOf(c),
			formSignals: await formSignalsOf(c, form),
			requestOrigin: requestOriginOf(c),
			now: clock.now(),
			log,
		};
		const sender = {
			isNewVisitor: visitor.isNew,
			mayBeDoublePost: visitor.isNew && (submission.network !== null || isLoopback(c)),
		};
		const keys = await nameSkeletons(parsed.draft.name);
		if (await conversation.isAuthorName(keys, clock.now())) {
			return show({ is: "invalid", errors: { name: "reserved" } }, 422);
		}
		const limit = limitOf("comment", archive.site.limits);
		const stored = await submitComment(submission, keys, conversation, sender, limit);
		if (stored === "no_parent") return show({ is: "refused", reason: strings.refusedParent }, 409);
		if (stored === "closed") return show({ is: "refused", reason: strings.refusedClosedByModerator }, 403);
		if (stored === "paused") {
			const { pause } = await conversation.comments.closing(entry.id);
			const reason = refusedByPause(pause, { lang: entry.lang, site: archive.site });
			return show({ is: "refused", reason }, 403);
		}
		if (stored === "name_taken") return show({ is: "invalid", errors: { name: "taken" } }, 422);
		if ("retryAfter" in stored) {
			return show({ is: "refused", reason: explainLimit(c, stored, entry.lang) }, 429);
		}
		const own = await isOwn(c, stored, visitor, submission.formKey);
		if (own) await setVisitorCookie(c, stored.visitor, secrets.signing);
		if (!stored.duplicate) monitoring.count("comments", stored.state);
		const receiptSent =
			own && (await sendReceipt(c, parsed.draft.email, address !== undefined, entry.id, stored));
		updateAuthorCookie(c, form);
		const flash = {
			post: entry.id,
			comment: stored.id,
			createdAt: stored.createdAt,
			action: own ? ("posted" as const) : ("repeated" as const),
			kind: null,
			confirmationSent: receiptSent && address !== undefined,
			receiptSent,
			...challengeOf(own, stored),
		};
		return c.redirect(await flashUrl(c, entry.path, flash, secrets.signing), 303);
	} catch (error) {
		logDatabaseFailure(error, c);
		return show({ is: "refused", reason: strings.refusedUnavailable }, 503);
	}
});

/** Shows the form again as it was sent by a page of another site. */
export async function refuseCrossSiteComment(c: AppContext): Promise<Response> {
	const sent = await readSentComment(c);
	return showForm(c, sent, { is: "refused", reason: stringsFor(sent.entry.lang).refusedOrigin }, 403);
}

type SentComment = { form: Form; entry: Post | Page; typed: TypedComment; parentId: number | null };

async function readSentComment(c: AppContext): Promise<SentComment> {
	const form = await readForm(c);
	const entry = entryOf(c, form);
	const typed = { name: form("name"), email: form("email"), website: form("website"), text: form("text") };
	return { form, entry, typed, parentId: idOf(form, "parent") };
}

type FormPageState = CommentFormPageProps["state"];
type FormPageStatus = 200 | 403 | 409 | 422 | 429 | 503;

async function showForm(
	c: AppContext,
	{ form, entry, typed, parentId }: SentComment,
	state: FormPageState,
	status: FormPageStatus,
): Promise<Response> {
	const { archive, mail } = c.var.services;
	const page = (
		<CommentFormPage
			archive={archive}
			entry={entry}
			parent={parentId === null ? null : await findParent(c, parentId).catch(() => null)}
			typed={typed}
			notify={mail.readerNotifications === null ? null : form("notify") !== ""}
			formState={await repeatedFormState(c, form)}
			state={state}
		/>
	);
	return c.html(page, status);
}

/** Reads the comment replied to from the nearest replica, or from the primary if the replica does not have it yet. */
async function findParent(
	c: AppContext,
	id: number,
	nearest = c.var.services.openStore("nearest").conversation.comments,
) {
	return (await nearest.find(id)) ?? c.var.services.conversation.comments.find(id);
}

/** Returns the challenge for the author's browser; a repeated post of another author's comment has none. */
function challengeOf(own: boolean, { state, findings }: StoredComment) {
	const challenge = own && state === "held" ? challengeFor(findings) : null;
	return challenge === null ? {} : { challenge };
}

/** Returns a comment's text as a Markdown quotation, for the author of the reply to shorten. */
function quote(source: string): string {
	return `${source.replace(/^/gm, "> ")}\n\n`;
}

/**
 * Mails the edit link, and the subscription's confirmation link if requested, to the comment's address. The comment is
 * already stored, so a failure here must not fail the request.
 */
async function sendReceipt(
	c: AppContext,
	typed: string | null,
	notify: boolean,
	postId: string,
	{ id, state, visitor }: StoredComment,
): Promise<boolean> {
	const { mail, clock } = c.var.services;
	const email = typed === null ? null : parseAddress(typed);
	if (mail.readerNotifications === null || email === null) return false;
	// Spam sends no mail, but the spammer sees the same page.
	if (state === "spam") return true;
	try {
		if ((await reachedMailLimit(c)) !== null) return false;
		const subscription = notify ? { email, postId, commentId: id, visitor } : null;
		await mail.readerNotifications.receipts.send({ commentId: id, email, subscription }, clock.now());
		return true;
	} catch (error) {
		logDatabaseFailure(error, c);
		return false;
	}
}

/**
 * Whether a stored comment belongs to the sender: a new one does, and a double post does. Someone who repeats another
 * visitor's text has neither their cookie nor their form's key, and was not in their network seconds ago. A form left
 * open in a browser that has signed out must not sign anybody in.
 */
async function isOwn(
	c: AppContext,
	stored: StoredComment,
	visitor: Visitor,
	formKey: string | null,
): Promise<boolean> {
	if (stored.visitor === visitor.id) return true;
	const mayBe = stored.mergedDoublePost || (formKey !== null && stored.formKey === formKey);
	if (!visitor.isNew || !mayBe) return false;
	return (await c.var.services.identity.identities.of(stored.visitor)) === null;
}

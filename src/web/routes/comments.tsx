import { Hono } from "hono";
import { parseDraft, type TypedComment } from "../../comments/draft.ts";
import { stepUpFor } from "../../comments/judgement.ts";
import { nameKeys } from "../../comments/names.ts";
import { renderedComment } from "../../comments/rendered.ts";
import type { Kept } from "../../comments/repository.ts";
import { closedBecause, submitComment } from "../../comments/submit.ts";
import { BlogError } from "../../errors.ts";
import { parseAddress } from "../../notifications/subscription.ts";
import { cache } from "../caching.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { boundedBody, entryOf, idOf, readForm } from "../form.ts";
import { isSameOrigin } from "../middleware/same-origin.ts";
import { arrivalOf, isFromHere, mayCauseMail, networkOf } from "../network.ts";
import { keyOf, ownForm, ownFormAgain, rememberIfAsked, signsOf } from "../own-form.ts";
import { stringsFor } from "../strings/strings.ts";
import { troubleOf } from "../thread.ts";
import { type FreshAct, signFresh } from "../tokens.ts";
import { FormPage, type FormPageProps } from "../views/form-page.tsx";
import { commentAnchor, href } from "../views/links.ts";
import { rememberVisitor, type Visitor, visitorOf } from "../visitor.ts";

/** Writing comments: the form, the preview, the post. */
export const comments = new Hono<AppEnv>();

comments.get("/comments/:id{[1-9][0-9]{0,14}}/reply", async (c) => {
	const { archive, now, storeAt } = c.var.services;
	const nearest = storeAt("nearest").comments;
	cache(c, "none");
	const down = (cause: unknown) => {
		troubleOf(cause, c);
		throw new BlogError("unavailable", stringsFor(archive.site.language).conversationDown, { cause });
	};
	const parent = await answered(c, Number(c.req.param("id")), nearest).catch(down);
	const entry = parent && archive.byId(parent.postId, now());
	if (!parent || !entry || entry.comments === "off") return c.notFound();
	const closedAt = await nearest.closedAt(entry.id).catch(down);
	if (closedBecause(entry, archive.site.comments, now(), closedAt) !== null) {
		throw new BlogError("forbidden", stringsFor(entry.lang).commentsClosed);
	}
	const { typed, form } = await ownForm(c);
	if (c.req.query("quote") !== undefined) typed.text = quoted(parent.source);
	return c.html(
		<FormPage
			archive={archive}
			entry={entry}
			parent={parent}
			typed={typed}
			notify={c.var.services.hearing === null ? null : false}
			own={form}
			state={{ is: "writing" }}
		/>,
	);
});

comments.post("/comments", boundedBody, async (c) => {
	cache(c, "none");
	const { archive, comments, hearing, isAuthorsName, judge, now, signingSecret } = c.var.services;
	const form = await readForm(c);
	const entry = entryOf(c, form);
	const typed: TypedComment = {
		name: form("name"),
		email: form("email"),
		website: form("website"),
		text: form("text"),
	};
	const parentId = idOf(form, "parent");
	const strings = stringsFor(entry.lang);
	const show = async (state: FormPageProps["state"], status: 200 | 403 | 409 | 422 | 503) =>
		c.html(
			<FormPage
				archive={archive}
				entry={entry}
				parent={parentId === null ? null : await answered(c, parentId).catch(() => null)}
				typed={typed}
				notify={hearing === null ? null : form("notify") !== ""}
				own={await ownFormAgain(c, form)}
				state={state}
			/>,
			status,
		);

	if (!isSameOrigin(c)) return show({ is: "refused", why: strings.refusedOrigin }, 403);
	if (closedBecause(entry, archive.site.comments, now(), null) !== null) {
		return show({ is: "refused", why: strings.refusedClosed }, 403);
	}
	const parsed = parseDraft(typed);
	const address = hearing !== null && form("notify") !== "" ? parseAddress(typed.email) : undefined;
	if ("draft" in parsed && address === null)
		return show({ is: "invalid", errors: { email: "required" } }, 422);
	if ("errors" in parsed) return show({ is: "invalid", errors: parsed.errors }, 422);
	if (form("intent") === "preview") {
		return show({ is: "preview", draft: parsed.draft, html: await renderedComment(parsed.draft.text) }, 200);
	}
	if (signingSecret === null) return show({ is: "refused", why: strings.refusedUnavailable }, 503);

	const visitor = await visitorOf(c, signingSecret);
	try {
		const submission = {
			draft: parsed.draft,
			postId: entry.id,
			parentId,
			visitor: visitor.id,
			formKey: keyOf(form),
			network: await networkOf(c),
			signs: await signsOf(c, form),
			arrival: arrivalOf(c),
			now: now(),
		};
		const mayBeDoubled = visitor.isNew && (submission.network !== null || isFromHere(c));
		const keys = await nameKeys(parsed.draft.name);
		if (await isAuthorsName(keys, now())) {
			return show({ is: "invalid", errors: { name: "reserved" } }, 422);
		}
		const stored = await submitComment(submission, keys, comments, judge, mayBeDoubled);
		if (stored === "no_parent") return show({ is: "refused", why: strings.refusedParent }, 409);
		if (stored === "closed") return show({ is: "refused", why: strings.refusedClosedByModerator }, 403);
		if (stored === "name_taken") return show({ is: "invalid", errors: { name: "taken" } }, 422);
		const own = await isOwn(c, stored, visitor, submission.formKey);
		if (own) await rememberVisitor(c, stored.visitor, signingSecret);
		const mailed = own && (await sendReceipt(c, parsed.draft.email, address !== undefined, entry.id, stored));
		rememberIfAsked(c, form);
		const act = {
			post: entry.id,
			comment: stored.id,
			act: own ? ("posted" as const) : ("repeated" as const),
			kind: null,
			asked: mailed && address !== undefined,
			mailed,
			...owing(own, stored),
		};
		return c.redirect(await freshAddress(c, entry.path, act, signingSecret), 303);
	} catch (error) {
		troubleOf(error, c);
		return show({ is: "refused", why: strings.refusedUnavailable }, 503);
	}
});

/** The comment that is answered, from the nearest copy of the database, or from the primary if it is too new for that. */
async function answered(c: AppContext, id: number, nearest = c.var.services.storeAt("nearest").comments) {
	return (await nearest.find(id)) ?? c.var.services.comments.find(id);
}

/** What the author's browser is asked for; whoever only said the same again is asked nothing. */
function owing(own: boolean, { state, findings }: Kept) {
	const owes = own && state === "held" ? stepUpFor(findings) : null;
	return owes === null ? {} : { owes };
}

/** A comment's text as a quotation to be cut down to the passage that is answered. */
function quoted(source: string): string {
	return `${source.replace(/^/gm, "> ")}\n\n`;
}

/**
 * Mails the way to change a comment to the address left with it, and asks about replies if they wish. The comment is kept
 * already, so a failure here must not lose it.
 */
async function sendReceipt(
	c: AppContext,
	typed: string | null,
	notify: boolean,
	postId: string,
	{ id, state, visitor }: Kept,
): Promise<boolean> {
	const { hearing, now } = c.var.services;
	const email = typed === null ? null : parseAddress(typed);
	if (hearing === null || email === null) return false;
	// Spam makes us mail nobody, and is not told that it was seen through.
	if (state === "spam") return true;
	try {
		if (!(await mayCauseMail(c))) return false;
		const wish = notify ? { email, postId, commentId: id, visitor } : null;
		await hearing.receipts.send({ commentId: id, email, wish }, now());
		return true;
	} catch (error) {
		troubleOf(error, c);
		return false;
	}
}

/**
 * Whether a stored comment belongs to the one who sent it: a new one does, and so does the same one sent again. Whoever
 * repeats another's words has neither their cookie nor the key of their form, nor the place they sent it from just now;
 * and a form left behind in a browser that was signed out must not sign anybody in.
 */
async function isOwn(
	c: AppContext,
	stored: Kept,
	visitor: Visitor,
	formKey: string | null,
): Promise<boolean> {
	if (stored.visitor === visitor.id) return true;
	const mayBe = stored.doubled || (formKey !== null && stored.formKey === formKey);
	if (!visitor.isNew || !mayBe) return false;
	return (await c.var.services.identities.of(stored.visitor)) === null;
}

/**
 * The address of the page as it is now for the person who has just acted, at the thing they acted on: read at the
 * bookmark of what they wrote, so that they see it from wherever they are.
 */
export async function freshAddress(
	c: AppContext,
	path: string,
	act: Omit<FreshAct, "bookmark">,
	secret: string,
): Promise<string> {
	const { bookmark, now } = c.var.services;
	const written = bookmark();
	const token = await signFresh({ ...act, ...(written !== null && { bookmark: written }) }, secret, now());
	const place = act.act === "deleted" ? "comments" : "reactions";
	const anchor = act.comment === null ? place : commentAnchor(act.comment);
	return `${href(path)}?fresh=${token}#${anchor}`;
}

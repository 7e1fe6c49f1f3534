import { Hono } from "hono";
import { type NameError, parseName } from "../../comments/draft.ts";
import { nameSkeletons } from "../../comments/names.ts";
import { BlogError } from "../../errors.ts";
import { confirmVerification, mergesHistory } from "../../identities/confirm-verification.ts";
import type { Identity, Verification, VerificationRequest } from "../../identities/identity.ts";
import { verificationToken } from "../../notifications/links.ts";
import { parseAddress } from "../../notifications/subscription.ts";
import type { Row } from "../../tokens/row.ts";
import { browserLanguage } from "../http/browser-language.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { type Form, idOf, readForm } from "../http/form.ts";
import { knownVisitor, setVisitorCookie, visitorOf } from "../http/visitor.ts";
import { explainLimit, reachedMailLimit } from "../http/write-limit.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { isAuthor } from "./authorship.ts";
import { parseClaimedName } from "./claimed-name.ts";
import { expiredLinkError, linkUnavailable, readMailedLink } from "./mailed-link.ts";
import { BackLink, SubscriptionPage as MailPage } from "./subscription-page.tsx";
import { VerificationFormPage, VerificationPage } from "./verification-page.tsx";

/** Routes to verify an e-mail address: to request a link, to open it, to confirm. */
export const verifications = new Hono<AppEnv>();

verifications.post("/verifications", async (c) => {
	const { mail, clock, secrets } = c.var.services;
	const form = await readForm(c);
	const strings = stringsFor(browserLanguage(c));
	const refuse = (refused: string | null, status: 422 | 429 | 503) => showForm(c, form, refused, status);
	if (mail.readerNotifications === null || secrets.signing === null) return refuse(strings.unavailable, 503);
	const commentId = idOf(form, "comment");
	const claim = commentId === null ? readTypedClaim(form) : await readCommentClaim(c, commentId, form("key"));
	if (claim === "invalid") return refuse(null, 422);
	const { postId, email, name } = claim;
	const visitor = await visitorOf(c, secrets.signing);
	try {
		const reached = await reachedMailLimit(c);
		if (reached !== null) return refuse(explainLimit(c, reached, browserLanguage(c)), 429);
		if (email !== null) {
			const request = { email, name, lang: langOf(c, postId), visitor: visitor.id };
			await mail.readerNotifications.verifications.request(request, clock.now());
		}
	} catch (error) {
		logDatabaseFailure(error, c);
		return refuse(strings.unavailable, 503);
	}
	await setVisitorCookie(c, visitor.id, secrets.signing);
	return c.redirect(`/verifications/requested?post=${encodeURIComponent(postId)}`, 303);
});

verifications.get("/verifications/requested", (c) => {
	const { archive, clock } = c.var.services;
	const postId = c.req.query("post") ?? "";
	const lang = langOf(c, postId);
	const strings = stringsFor(lang);
	// The page is the same for every address, so that it does not reveal whether one is verified.
	return c.html(
		<MailPage archive={archive} lang={lang} title={strings.checkEmailTitle}>
			<p>{strings.verifyLinkSent}</p>
			<BackLink entry={archive.findById(postId, clock.now())} />
		</MailPage>,
	);
});

verifications.get("/verifications/:token", async (c) => {
	const verification = await findUnused(c, await verificationIn(c));
	if (verification === null) return usedLinkPage(c);
	// Mail scanners open every link, so opening it does nothing.
	return respond(c, verification, { name: verification.name, error: null, refused: null }, 200);
});

verifications.post("/verifications/:token", async (c) => {
	const { clock, secrets } = c.var.services;
	const { identities } = c.var.services.identity;
	const named = await verificationIn(c);
	const verification = await findUnused(c, named);
	if (verification === null) return repeatConfirmation(c, named);
	const form = await readForm(c);
	const name = form("name");
	const refuse = (error: NameError) => respond(c, verification, { name, error, refused: null }, 422);
	if (secrets.signing === null) throw expiredLinkError(c);
	const { identity } = verification;
	const claimed =
		identity === null
			? await parseClaimedName(c, name)
			: { claim: { name: identity.name, skeletons: await nameSkeletons(identity.name) } };
	if ("error" in claimed) return refuse(claimed.error);
	const browser = await knownVisitor(c, secrets.signing);
	const context = { browser, claim: claimed.claim, newVisitor: crypto.randomUUID(), now: clock.now() };
	const result = await confirmVerification(verification, context, identities).catch(linkUnavailable(c));
	if (result === "expired") return repeatConfirmation(c, named);
	if (result === "taken") return refuse("taken");
	await setVisitorCookie(c, result.visitor, secrets.signing);
	return c.redirect("/me?done=verified", 303);
});

/** Shows the request's form again as it was sent by a page of another site. */
export async function refuseCrossSiteRequest(c: AppContext): Promise<Response> {
	return showForm(c, await readForm(c), stringsFor(browserLanguage(c)).refusedOrigin, 403);
}

/** Shows the confirmation's form again as it was sent by a page of another site. */
export async function refuseCrossSiteConfirmation(c: AppContext): Promise<Response> {
	const verification = await findUnused(c, await verificationIn(c));
	if (verification === null) return usedLinkPage(c);
	const name = (await readForm(c))("name");
	const refused = stringsFor(verification.lang).refusedOrigin;
	return respond(c, verification, { name, error: null, refused }, 403);
}

function showForm(c: AppContext, form: Form, refused: string | null, status: 403 | 422 | 429 | 503) {
	const page = (
		<VerificationFormPage
			archive={c.var.services.archive}
			lang={browserLanguage(c)}
			email={form("email")}
			name={form("name")}
			refused={refused}
		/>
	);
	return c.html(page, status);
}

type AddressClaim = Pick<VerificationRequest, "name"> & { postId: string; email: string | null };

/** Reads the form on `/me`. */
function readTypedClaim(form: Form): AddressClaim | "invalid" {
	const email = parseAddress(form("email"));
	const parsed = parseName(form("name"));
	if (email === null) return "invalid";
	return { postId: "", email, name: "name" in parsed ? parsed.name : "" };
}

/** Reads name and address of the author's own comment. For spam the address is left out, without telling the author. */
async function readCommentClaim(c: AppContext, id: number, key: string): Promise<AddressClaim> {
	const { conversation, secrets } = c.var.services;
	const comment = await conversation.ownComments.find(id).catch(linkUnavailable(c));
	if (comment === null || secrets.signing === null || !(await isAuthor(c, comment, key, secrets.signing))) {
		throw new BlogError("forbidden", stringsFor(browserLanguage(c)).notYourComment);
	}
	const email = comment.email === null || comment.state === "spam" ? null : parseAddress(comment.email);
	return { postId: comment.postId, email, name: comment.name };
}

/** Returns the verification that the link's token names; throws if the token is forged or expired. */
async function verificationIn(c: AppContext): Promise<Row> {
	return (await readMailedLink(c, verificationToken)).verification;
}

/** Finds a verification while its link is unused. */
const findUnused = (c: AppContext, named: Row): Promise<Verification | null> =>
	c.var.services.identity.identities.find(named).catch(linkUnavailable(c));

/** Repeats the response to a double click in the same browser, since browsers show the response to the second request. */
async function repeatConfirmation(c: AppContext, named: Row): Promise<Response> {
	const { clock, secrets } = c.var.services;
	const { identities } = c.var.services.identity;
	const browser = secrets.signing === null ? null : await knownVisitor(c, secrets.signing);
	if (browser === null || secrets.signing === null) return usedLinkPage(c);
	const identity = await identities.wasUsedRecently(named, browser, clock.now()).catch(linkUnavailable(c));
	if (identity === null) return usedLinkPage(c);
	await setVisitorCookie(c, identity.visitor, secrets.signing);
	return c.redirect("/me?done=verified", 303);
}

/** Renders the page of a used link, with a link to `/me`, where visitors see whether the name is theirs. */
function usedLinkPage(c: AppContext): Response | Promise<Response> {
	const { archive } = c.var.services;
	const lang = browserLanguage(c);
	const strings = stringsFor(lang);
	const page = (
		<MailPage archive={archive} lang={lang} title={strings.refusedTitle}>
			<p>{strings.verifyUsed}</p>
			<p>
				<a href="/me">{strings.meTitle}</a>
			</p>
		</MailPage>
	);
	return c.html(page, 410);
}

type NameForm = { name: string; error: NameError | null; refused: string | null };

async function respond(
	c: AppContext,
	verification: Verification,
	nameForm: NameForm,
	status: 200 | 403 | 422,
): Promise<Response> {
	const { archive, identity, secrets } = c.var.services;
	const browser = secrets.signing === null ? null : await knownVisitor(c, secrets.signing);
	const currentIdentity: Identity | null =
		browser === null ? null : await identity.identities.of(browser).catch(linkUnavailable(c));
	const page = (
		<VerificationPage
			archive={archive}
			verification={verification}
			mergesHistory={mergesHistory(verification, browser, currentIdentity)}
			currentIdentity={currentIdentity}
			hasVisitor={browser !== null}
			{...nameForm}
		/>
	);
	return c.html(page, status);
}

function langOf(c: AppContext, postId: string): string {
	const { archive, clock } = c.var.services;
	return archive.findById(postId, clock.now())?.lang ?? browserLanguage(c);
}

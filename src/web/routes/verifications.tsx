import { Hono } from "hono";
import { type NameError, parseName } from "../../comments/draft.ts";
import { nameKeys } from "../../comments/names.ts";
import { BlogError } from "../../errors.ts";
import type { Identity, Request, Verification } from "../../identities/identity.ts";
import { joins, pressLink } from "../../identities/press.ts";
import { parseAddress } from "../../notifications/subscription.ts";
import { isAuthor } from "../authorship.ts";
import { cache } from "../caching.ts";
import { claimedName } from "../claimed-name.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { boundedBody, type Form, idOf, readForm } from "../form.ts";
import { lapsed, linkDown } from "../mailed-link.ts";
import { isSameOrigin } from "../middleware/same-origin.ts";
import { mayCauseMail } from "../network.ts";
import { readerLanguage } from "../reader-language.ts";
import { stringsFor } from "../strings/strings.ts";
import { troubleOf } from "../thread.ts";
import { BackTo, SubscriptionPage as MailPage } from "../views/subscription-page.tsx";
import { AskPage, VerificationPage } from "../views/verification-page.tsx";
import { knownVisitor, rememberVisitor, visitorOf } from "../visitor.ts";

/** Showing that an e-mail address is one's own: to ask for a link, to open it, to say yes. */
export const verifications = new Hono<AppEnv>();

verifications.post("/verifications", boundedBody, async (c) => {
	cache(c, "none");
	const { archive, hearing, now, signingSecret } = c.var.services;
	const form = await readForm(c);
	const lang = readerLanguage(c);
	const strings = stringsFor(lang);
	const refuse = (refused: string | null, status: 403 | 422 | 429 | 503) =>
		c.html(
			<AskPage archive={archive} lang={lang} email={form("email")} name={form("name")} refused={refused} />,
			status,
		);
	if (!isSameOrigin(c)) return refuse(strings.refusedOrigin, 403);
	if (hearing === null || signingSecret === null) return refuse(strings.followUnavailable, 503);
	const commentId = idOf(form, "comment");
	const asking = commentId === null ? typedIn(form) : await leftWith(c, commentId, form("key"));
	if (asking === "invalid") return refuse(null, 422);
	const { postId, email, name } = asking;
	const visitor = await visitorOf(c, signingSecret);
	try {
		if (!(await mayCauseMail(c))) return refuse(strings.followUnavailable, 429);
		if (email !== null) {
			const wish = { email, name, lang: langOf(c, postId), visitor: visitor.id };
			await hearing.verifications.ask(wish, now());
		}
	} catch (error) {
		troubleOf(error, c);
		return refuse(strings.followUnavailable, 503);
	}
	await rememberVisitor(c, visitor.id, signingSecret);
	return c.redirect(`/verifications/asked?post=${encodeURIComponent(postId)}`, 303);
});

verifications.get("/verifications/asked", (c) => {
	cache(c, "none");
	const { archive, now } = c.var.services;
	const postId = c.req.query("post") ?? "";
	const lang = langOf(c, postId);
	const strings = stringsFor(lang);
	// The same for whoever asks and whatever is known about the address: this page tells nothing about it.
	return c.html(
		<MailPage archive={archive} lang={lang} title={strings.askedTitle}>
			<p>{strings.verifyAskedLead}</p>
			<BackTo entry={archive.byId(postId, now())} />
		</MailPage>,
	);
});

verifications.get("/verifications/:token", async (c) => {
	cache(c, "none");
	const verification = await found(c, await linked(c));
	if (verification === null) return used(c);
	// Mail scanners open every link, so opening it does nothing.
	return show(c, verification, { name: verification.name, error: null, refused: null }, 200);
});

verifications.post("/verifications/:token", boundedBody, async (c) => {
	cache(c, "none");
	const { identities, now, signingSecret } = c.var.services;
	const id = await linked(c);
	const verification = await found(c, id);
	if (verification === null) return pressedAgain(c, id);
	const form = await readForm(c);
	const name = form("name");
	const refuse = (error: NameError | null, refused: string | null, status: 403 | 422) =>
		show(c, verification, { name, error, refused }, status);
	if (!isSameOrigin(c)) return refuse(null, stringsFor(verification.lang).refusedOrigin, 403);
	if (signingSecret === null) throw lapsed(c);
	const { identity } = verification;
	const claimed =
		identity === null
			? await claimedName(c, name)
			: { claim: { name: identity.name, keys: await nameKeys(identity.name) } };
	if ("error" in claimed) return refuse(claimed.error, null, 422);
	const browser = await knownVisitor(c, signingSecret);
	const press = { browser, claim: claimed.claim, fresh: crypto.randomUUID(), now: now() };
	const pressed = await pressLink(verification, press, identities).catch(linkDown(c));
	if (pressed === "lapsed") return pressedAgain(c, id);
	if (pressed === "taken") return refuse("taken", null, 422);
	await rememberVisitor(c, pressed.visitor, signingSecret);
	return c.redirect("/me?done=verified", 303);
});

type Asking = Pick<Request, "name"> & { postId: string; email: string | null };

/** What was typed into the form of `/me`. */
function typedIn(form: Form): Asking | "invalid" {
	const email = parseAddress(form("email"));
	const parsed = parseName(form("name"));
	if (email === null) return "invalid";
	return { postId: "", email, name: "name" in parsed ? parsed.name : "" };
}

/** What was left with a comment, for its author only, and to nobody's knowledge not for one taken for spam. */
async function leftWith(c: AppContext, id: number, key: string): Promise<Asking> {
	const { authorship, signingSecret } = c.var.services;
	const comment = await authorship.find(id).catch(linkDown(c));
	if (comment === null || signingSecret === null || !(await isAuthor(c, comment, key, signingSecret))) {
		throw new BlogError("forbidden", stringsFor(readerLanguage(c)).notYours);
	}
	const email = comment.email === null || comment.state === "spam" ? null : parseAddress(comment.email);
	return { postId: comment.postId, email, name: comment.name };
}

/** The number of the verification that the link names, if it is one of ours that has not lapsed. */
async function linked(c: AppContext): Promise<number> {
	const { hearing, now } = c.var.services;
	const claim = await hearing?.claims.read(c.req.param("token") ?? "", now());
	if (claim?.may !== "verify") throw lapsed(c);
	return claim.verification;
}

/** The link's verification while it is unused. */
const found = (c: AppContext, id: number): Promise<Verification | null> =>
	c.var.services.identities.find(id).catch(linkDown(c));

/** Answers a press as the one it doubles, and only in the same browser: a browser shows the answer to the second. */
async function pressedAgain(c: AppContext, id: number): Promise<Response> {
	const { identities, now, signingSecret } = c.var.services;
	const browser = signingSecret === null ? null : await knownVisitor(c, signingSecret);
	if (browser === null || signingSecret === null || !isSameOrigin(c)) return used(c);
	const identity = await identities.usedJustNow(id, browser, now()).catch(linkDown(c));
	if (identity === null) return used(c);
	await rememberVisitor(c, identity.visitor, signingSecret);
	return c.redirect("/me?done=verified", 303);
}

/** The answer to a link that was used: perhaps by whoever asks, who sees at `/me` whether the name is theirs. */
function used(c: AppContext): Response | Promise<Response> {
	const { archive } = c.var.services;
	const lang = readerLanguage(c);
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

type Shown = { name: string; error: NameError | null; refused: string | null };

async function show(
	c: AppContext,
	verification: Verification,
	shown: Shown,
	status: 200 | 403 | 422,
): Promise<Response> {
	const { archive, identities, signingSecret } = c.var.services;
	const browser = signingSecret === null ? null : await knownVisitor(c, signingSecret);
	const known: Identity | null = browser === null ? null : await identities.of(browser).catch(linkDown(c));
	const page = (
		<VerificationPage
			archive={archive}
			verification={verification}
			joins={joins(verification, browser, known)}
			known={known}
			stranger={browser !== null}
			{...shown}
		/>
	);
	return c.html(page, status);
}

function langOf(c: AppContext, postId: string): string {
	const { archive, now } = c.var.services;
	return archive.byId(postId, now())?.lang ?? readerLanguage(c);
}

import { signedEditPath } from "../../comments/edit-link.ts";
import { type Flash, verifyFlash } from "../../comments/form-tokens.ts";
import type { WrittenComment } from "../../comments/own-comments.ts";
import type { AppContext } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { knownVisitor } from "../http/visitor.ts";
import type { AuthorView } from "../ui/author-view.ts";
import { flashUrl } from "../visitor/flash-url.ts";
import { newFormState } from "../visitor/form-state.ts";

/** Reads what a flash token shows its author: the comment, its edit link and challenge, and a form; null if it is invalid. */
export async function readAuthorView(c: AppContext, token: string): Promise<AuthorView | null> {
	const { secrets, clock } = c.var.services;
	const flash = secrets.signing === null ? null : await verifyFlash(token, secrets.signing, clock.now());
	if (secrets.signing === null || flash === null) return null;
	const own = await findOwnComment(c, flash);
	if (own === "lost") return null;
	const { action } = flash;
	const showLink =
		own !== null &&
		(action === "posted" || action === "edited") &&
		(await mayShowEditLink(c, own, secrets.signing));
	return {
		flash,
		editUrl: showLink ? await signedEditPath(own, secrets.signing, clock.now()) : null,
		...(await challengeOrRetry(c, flash, token, secrets.signing)),
		...(await newFormState(c)),
	};
}

/**
 * Finds the comment that a flash shows though it may not be public; null if there is none, or the database fails, which the
 * page reports where the thread would be. It is lost if the database was restored since, and another has its id.
 */
async function findOwnComment(
	c: AppContext,
	{ comment, createdAt }: Flash,
): Promise<WrittenComment | "lost" | null> {
	if (comment === null || createdAt === undefined) return null;
	try {
		const written = await c.var.services.conversation.ownComments.find(comment);
		return written === null || written.createdAt === createdAt ? written : "lost";
	} catch (error) {
		logDatabaseFailure(error, c);
		return null;
	}
}

/** Milliseconds for which a shown edit link is recorded: longer than any page that shows it is valid. */
const editLinkUseLifetime = 86_400_000;

/**
 * Whether the page may show a comment's edit link: always to the author's browser, once to a browser without cookies.
 * People copy the page's URL from the address bar; it must not give the edit link to anyone they send it to.
 */
async function mayShowEditLink(
	c: AppContext,
	{ id, createdAt, visitor }: WrittenComment,
	secret: string,
): Promise<boolean> {
	// A HEAD shows no link, so that the one time is not used up.
	if (c.req.method === "HEAD") return false;
	const { clock, identity } = c.var.services;
	const now = clock.now();
	try {
		const shown = `edit-link:${id}:${createdAt}`;
		const isFirst = await identity.usedTokens.use(shown, now + editLinkUseLifetime, now);
		return isFirst || visitor === (await knownVisitor(c, secret));
	} catch (error) {
		logDatabaseFailure(error, c);
		return false;
	}
}

/** Returns the challenge for the author's browser, or after a failed one the link that offers it again. */
async function challengeOrRetry(
	c: AppContext,
	flash: Flash,
	token: string,
	secret: string,
): Promise<Pick<AuthorView, "challenge" | "retry">> {
	const { archive, conversation } = c.var.services;
	const script = archive.manifest.scripts.challenge?.path;
	if (flash.challenge === undefined || script === undefined) return { challenge: null, retry: null };
	const widget = flash.challenge === "turnstile" ? conversation.turnstile : null;
	// Without Turnstile's keys, which may have been removed since, the comment waits for a moderator.
	if (flash.challenge === "turnstile" && widget === null) return { challenge: null, retry: null };
	if (flash.challengeFailed) {
		const entry = archive.findById(flash.post, c.var.services.clock.now());
		const again = { ...flash, challengeFailed: false };
		return { challenge: null, retry: entry && (await flashUrl(c, entry.path, again, secret)) };
	}
	if (widget !== null) c.set("widget", widget.origin);
	return {
		retry: null,
		challenge: {
			kind: flash.challenge,
			token,
			script,
			widget: widget && { script: `${widget.origin}/turnstile/v0/api.js`, siteKey: widget.siteKey },
		},
	};
}

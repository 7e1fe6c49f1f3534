import { Hono } from "hono";
import { type ModerationLink, readModerationLink } from "../../moderation/moderation-links.ts";
import { decide } from "../../moderation/operations.ts";
import type { ModeratedComment } from "../../moderation/queue.ts";
import { isSameRow } from "../../tokens/row.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { readForm } from "../http/form.ts";
import { fill } from "../ui/strings/strings.ts";
import { ModerationConfirmPage, ModerationResultPage } from "./moderation-link-page.tsx";
import { adminLanguageOf, seenVersions } from "./request.ts";

/**
 * Links in notifications that decide about a comment without signing in. Opening a link only shows the comment and asks,
 * because mail scanners open links; the button on that page acts, once.
 */
export const moderationLinks = new Hono<AppEnv>();

const path = "/moderation/:token{[\\w-]+\\.[\\w-]+\\.[\\w-]+}";

moderationLinks.get(path, async (c) => {
	const opened = await openLink(c);
	return opened === null ? showInvalid(c) : c.html(confirmPage(c, opened));
});

moderationLinks.post(path, async (c) => {
	const { strings } = adminLanguageOf(c);
	const opened = await openLink(c);
	if (opened === null) return showInvalid(c);
	const { identity, clock } = c.var.services;
	const { id, expiresAt, comment, operation, actor } = opened.link;
	const seen = seenVersions([(await readForm(c))("seen")]);
	const context = { actor, reason: strings.byLink, at: clock.now(), operation: crypto.randomUUID(), seen };
	// Decides before it marks the link used: if the second fails, the link works again, and deciding twice is harmless.
	const { changed, unread } = await decide(c.var.services.moderation, [comment.id], operation, context);
	if (unread.length > 0) {
		const again = await openLink(c);
		return again === null ? showInvalid(c) : c.html(confirmPage(c, again, true), 409);
	}
	if (!(await identity.usedTokens.use(id, expiresAt, clock.now()))) return showInvalid(c);
	const text =
		changed.length === 0
			? strings.noChange
			: fill(strings.linkDone, { state: strings[`state_${operation}`] });
	return c.html(<ModerationResultPage {...frame(c)} title={strings.comment} text={text} />);
});

/** A valid link and its comment. */
type OpenedLink = { link: ModerationLink; comment: ModeratedComment };

function confirmPage(c: AppContext, { link, comment }: OpenedLink, changed = false) {
	const token = c.req.param("token") ?? "";
	const now = c.var.services.clock.now();
	return (
		<ModerationConfirmPage {...frame(c)} {...{ comment, token, now, changed }} operation={link.operation} />
	);
}

/** Reads the link and its comment; null when the link is not valid or the comment is gone. */
async function openLink(c: AppContext): Promise<OpenedLink | null> {
	const { secrets, identity, moderation, clock } = c.var.services;
	if (secrets.signing === null) return null;
	const link = await readModerationLink(c.req.param("token") ?? "", secrets.signing, clock.now());
	if (link === null || (await identity.usedTokens.isUsed(link.id))) return null;
	const comment = await moderation.queue.find(link.comment.id);
	return comment === null || comment.source === "" || !isSameRow(link.comment, comment)
		? null
		: { link, comment };
}

function showInvalid(c: AppContext): Response | Promise<Response> {
	const { strings } = adminLanguageOf(c);
	return c.html(
		<ModerationResultPage {...frame(c)} title={strings.linkInvalid} text={strings.linkInvalidText} />,
		410,
	);
}

function frame(c: AppContext) {
	return { archive: c.var.services.archive, actor: null, path: "", ...adminLanguageOf(c) };
}

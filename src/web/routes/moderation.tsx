import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { decideTogether } from "../../moderation/acts.ts";
import { type ModerationLink, readModerationLink } from "../../moderation/links.ts";
import type { DeskComment } from "../../moderation/queue.ts";
import { cache } from "../caching.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { deskWords, seenIn } from "../desk.ts";
import { boundedBody, readForm } from "../form.ts";
import { isSameOrigin } from "../middleware/same-origin.ts";
import { fill } from "../strings/strings.ts";
import { ModerationAnswerPage, ModerationPage } from "../views/desk/moderation.tsx";

/**
 * Acting from a notice, without signing in. Opening a link shows the comment and asks, because mail scanners open links;
 * only the button on that page acts, and once.
 */
export const moderation = new Hono<AppEnv>();

const path = "/moderation/:token{[\\w-]+\\.[\\w-]+\\.[\\w-]+}";

moderation.get(path, async (c) => {
	cache(c, "none");
	const found = await open(c);
	return found === null ? showVoid(c) : c.html(question(c, found));
});

moderation.post(path, boundedBody, async (c) => {
	cache(c, "none");
	const { strings } = deskWords(c);
	if (!isSameOrigin(c)) throw new BlogError("forbidden", strings.refusedHere);
	const found = await open(c);
	if (found === null) return showVoid(c);
	const { spentTokens, now } = c.var.services;
	const { id, expiresAt, commentId, act, madeBy } = found.link;
	const seen = seenIn([(await readForm(c))("seen")]);
	const doing = { madeBy, reason: strings.byLink, at: now(), act: crypto.randomUUID(), seen };
	// Decided before it is spent: if the second fails, the link can be pressed again, and deciding twice is deciding once.
	const { changed, unread } = await decideTogether(c.var.services, [commentId], act, doing);
	if (unread.length > 0) {
		const again = await open(c);
		return again === null ? showVoid(c) : c.html(question(c, again, true), 409);
	}
	if (!(await spentTokens.spend(id, expiresAt, now()))) return showVoid(c);
	const text =
		changed.length === 0 ? strings.nothingDone : fill(strings.linkDone, { state: strings[`state_${act}`] });
	return c.html(<ModerationAnswerPage {...frame(c)} title={strings.comment} text={text} />);
});

/** A link with its comment. */
type Open = { link: ModerationLink; comment: DeskComment };

function question(c: AppContext, { link, comment }: Open, changed = false) {
	const token = c.req.param("token") ?? "";
	const now = c.var.services.now();
	return <ModerationPage {...frame(c)} {...{ comment, token, now, changed }} act={link.act} />;
}

/** The link and its comment, while both hold. */
async function open(c: AppContext): Promise<Open | null> {
	const { signingSecret, spentTokens, desk, now } = c.var.services;
	if (signingSecret === null) return null;
	const link = await readModerationLink(c.req.param("token") ?? "", signingSecret, now());
	if (link === null || (await spentTokens.isSpent(link.id))) return null;
	const comment = await desk.find(link.commentId);
	return comment === null || comment.source === "" ? null : { link, comment };
}

function showVoid(c: AppContext): Response | Promise<Response> {
	const { strings } = deskWords(c);
	return c.html(
		<ModerationAnswerPage {...frame(c)} title={strings.linkVoid} text={strings.linkVoidText} />,
		410,
	);
}

function frame(c: AppContext) {
	return { archive: c.var.services.archive, actor: null, path: "", ...deskWords(c) };
}

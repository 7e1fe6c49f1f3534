import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { isReactionKind } from "../../reactions/kinds.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { entryOf, idOf, readForm } from "../http/form.ts";
import { LocalizedError } from "../http/localized-error.ts";
import { networkOf } from "../http/network.ts";
import { setVisitorCookie, visitorOf } from "../http/visitor.ts";
import { explainLimit, reachedLimit } from "../http/write-limit.ts";
import { reactionButtonText } from "../ui/reactions.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { flashUrl } from "./flash-url.ts";

/** Routes to add and remove a reaction; both are idempotent. */
export const reactions = new Hono<AppEnv>();

reactions.post("/reactions", (c) => react(c, "reacted"));

reactions.post("/reactions/removals", (c) => react(c, "reaction_removed"));

async function react(c: AppContext, action: "reacted" | "reaction_removed"): Promise<Response> {
	const { archive, conversation, monitoring, clock, secrets } = c.var.services;
	const strings = stringsFor(archive.site.language);
	const form = await readForm(c);
	const entry = entryOf(c, form);
	const target = { postId: entry.id, commentId: idOf(form, "comment") };
	const kind = form("kind");
	if (!isReactionKind(kind) || !archive.site.reactions.includes(kind)) {
		throw new LocalizedError("invalid", "reactionUnknown", { values: { kind: kind.slice(0, 40) } });
	}
	if (secrets.signing === null) throw new BlogError("unavailable", strings.commentsSettingUp);
	const visitor = await visitorOf(c, secrets.signing);
	// A removal undoes a reaction that was counted, so that counting additions limits both.
	const add = async () =>
		(await reachedLimit(c, "reaction")) ??
		conversation.reactions.add({
			target,
			kind,
			visitor: visitor.id,
			network: visitor.isNew ? await networkOf(c) : null,
			now: clock.now(),
		});
	const result = await (action === "reacted"
		? add()
		: conversation.reactions.remove(target, kind, visitor.id).then(() => "removed" as const)
	).catch((error) => {
		logDatabaseFailure(error, c);
		throw new BlogError("unavailable", strings.reactionUnavailable, { cause: error });
	});
	if (action === "reacted" && typeof result !== "object" && result !== "no_comment")
		monitoring.count("reactions");
	if (result === "no_comment") throw new BlogError("not_found", strings.reactionNoComment);
	if (typeof result === "object")
		throw new BlogError("too_many", explainLimit(c, result, archive.site.language));
	// Only a stored reaction sets the cookie: removing one that never existed must not.
	if (action === "reacted") await setVisitorCookie(c, visitor.id, secrets.signing);
	if (c.req.header("Accept") === "application/json") {
		const tallies = await conversation.reactions.tallies(target).catch(() => null);
		if (tallies !== null) return c.json(reactionButtonText(kind, tallies[kind] ?? 0, entry.lang));
	}
	const flash = { post: entry.id, comment: target.commentId, action, kind };
	return c.redirect(await flashUrl(c, entry.path, flash, secrets.signing), 303);
}

/** Refuses a reaction that was sent by a page of another site. */
export function refuseCrossSiteReaction(c: AppContext): never {
	const strings = stringsFor(c.var.services.archive.site.language);
	throw new BlogError("forbidden", strings.reactionRefusedOrigin);
}

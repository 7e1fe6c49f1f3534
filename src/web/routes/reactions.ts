import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { isReactionKind } from "../../reactions/kinds.ts";
import { cache } from "../caching.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { boundedBody, entryOf, idOf, readForm } from "../form.ts";
import { isSameOrigin } from "../middleware/same-origin.ts";
import { stringsFor } from "../strings/strings.ts";
import { troubleOf } from "../thread.ts";
import { rememberVisitor, visitorOf } from "../visitor.ts";
import { freshAddress } from "./comments.tsx";

/** Giving a reaction and taking it back, each without effect when repeated. */
export const reactions = new Hono<AppEnv>();

reactions.post("/reactions", boundedBody, (c) => react(c, "reacted"));

reactions.post("/reactions/removals", boundedBody, (c) => react(c, "took_back"));

async function react(c: AppContext, act: "reacted" | "took_back"): Promise<Response> {
	cache(c, "none");
	const { archive, reactions, now, signingSecret } = c.var.services;
	const strings = stringsFor(archive.site.language);
	if (!isSameOrigin(c)) throw new BlogError("forbidden", strings.reactionRefusedOrigin);
	const form = await readForm(c);
	const entry = entryOf(c, form);
	const target = { postId: entry.id, commentId: idOf(form, "comment") };
	const kind = form("kind");
	if (!isReactionKind(kind) || !archive.site.reactions.includes(kind)) {
		throw new BlogError("invalid", `There is no reaction called "${kind.slice(0, 40)}" on this site.`);
	}
	if (signingSecret === null) throw new BlogError("unavailable", strings.conversationSettingUp);
	const visitor = await visitorOf(c, signingSecret);
	const done = await (act === "reacted"
		? reactions.give(target, kind, visitor.id, now())
		: reactions.takeBack(target, kind, visitor.id).then(() => true)
	).catch((error) => {
		troubleOf(error, c);
		throw new BlogError("unavailable", strings.reactionUnavailable, { cause: error });
	});
	if (!done) throw new BlogError("not_found", strings.reactionNoComment);
	// Only a reaction that counted makes a visitor: taking back what was never given must not hand out cookies.
	if (act === "reacted") await rememberVisitor(c, visitor.id, signingSecret);
	const fresh = { post: entry.id, comment: target.commentId, act, kind };
	return c.redirect(await freshAddress(c, entry.path, fresh, signingSecret), 303);
}

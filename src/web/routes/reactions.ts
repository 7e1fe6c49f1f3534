import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { isReactionKind } from "../../reactions/kinds.ts";
import { hourOf, type Newcomer, secondsUntilNextHour } from "../../reactions/newcomer.ts";
import { cache } from "../caching.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { boundedBody, entryOf, idOf, readForm } from "../form.ts";
import { isSameOrigin } from "../middleware/same-origin.ts";
import { networkOf } from "../network.ts";
import { stringsFor } from "../strings/strings.ts";
import { troubleOf } from "../thread.ts";
import { shownReaction } from "../views/reactions.ts";
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
	const give = async () => {
		const newcomer = visitor.isNew ? await newcomerOf(c) : null;
		return reactions.give({ target, kind, visitor: visitor.id, newcomer, now: now() });
	};
	const done = await (act === "reacted"
		? give()
		: reactions.takeBack(target, kind, visitor.id).then(() => "taken back" as const)
	).catch((error) => {
		troubleOf(error, c);
		throw new BlogError("unavailable", strings.reactionUnavailable, { cause: error });
	});
	if (done === "no_comment") throw new BlogError("not_found", strings.reactionNoComment);
	if (done === "too_many") {
		c.header("Retry-After", String(secondsUntilNextHour(now())));
		throw new BlogError("too_many", strings.reactionTooMany);
	}
	// Only a reaction that counted makes a visitor: taking back what was never given must not hand out cookies.
	if (act === "reacted") await rememberVisitor(c, visitor.id, signingSecret);
	if (c.req.header("Accept") === "application/json") {
		const tallies = await reactions.tallies(target).catch(() => null);
		if (tallies !== null) return c.json(shownReaction(kind, tallies[kind] ?? 0, entry.lang));
	}
	const fresh = { post: entry.id, comment: target.commentId, act, kind };
	return c.redirect(await freshAddress(c, entry.path, fresh, signingSecret), 303);
}

/** How a visitor without a cookie is counted; not at all on a machine of one's own. */
async function newcomerOf(c: AppContext): Promise<Newcomer | null> {
	const network = await networkOf(c);
	const { archive, now } = c.var.services;
	return network === null ? null : { hour: hourOf(now()), network, limit: archive.site.newReactorsPerHour };
}

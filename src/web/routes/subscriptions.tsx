import { Hono } from "hono";
import type { Claim } from "../../notifications/links.ts";
import { parseAddress, type Subscription } from "../../notifications/subscription.ts";
import { cache } from "../caching.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { boundedBody, entryOf, idOf, readForm } from "../form.ts";
import { lapsed, linkDown } from "../mailed-link.ts";
import { isSameOrigin } from "../middleware/same-origin.ts";
import { mayCauseMail } from "../network.ts";
import { stringsFor } from "../strings/strings.ts";
import { troubleOf } from "../thread.ts";
import { ActButton, BackTo, FollowPage, SubscriptionPage } from "../views/subscription-page.tsx";
import { knownVisitor, rememberVisitor, visitorOf } from "../visitor.ts";

/** Hearing of comments by mail: to ask, to confirm, to stop. */
export const subscriptions = new Hono<AppEnv>();

subscriptions.post("/subscriptions", boundedBody, async (c) => {
	cache(c, "none");
	const { archive, hearing, now, signingSecret } = c.var.services;
	const form = await readForm(c);
	const entry = entryOf(c, form);
	const strings = stringsFor(entry.lang);
	const commentId = idOf(form, "comment");
	const refuse = (refused: string | null, status: 403 | 422 | 429 | 503) =>
		c.html(
			<FollowPage
				archive={archive}
				entry={entry}
				commentId={commentId}
				typed={form("email")}
				refused={refused}
			/>,
			status,
		);
	if (!isSameOrigin(c)) return refuse(strings.refusedOrigin, 403);
	if (hearing === null || signingSecret === null) return refuse(strings.followUnavailable, 503);
	const email = parseAddress(form("email"));
	if (email === null) return refuse(null, 422);
	const visitor = await visitorOf(c, signingSecret);
	try {
		if (!(await mayCauseMail(c))) return refuse(strings.followUnavailable, 429);
		await hearing.subscriptions.ask({ email, postId: entry.id, commentId, visitor: visitor.id }, now());
	} catch (error) {
		troubleOf(error, c);
		return refuse(strings.followUnavailable, 503);
	}
	await rememberVisitor(c, visitor.id, signingSecret);
	return c.redirect(`/subscriptions/asked?post=${encodeURIComponent(entry.id)}`, 303);
});

subscriptions.get("/subscriptions/asked", (c) => {
	cache(c, "none");
	const { archive, now } = c.var.services;
	const entry = archive.byId(c.req.query("post") ?? "", now());
	const lang = entry?.lang ?? archive.site.language;
	const strings = stringsFor(lang);
	// The same for whoever asks and whatever is known about the address: this page tells nothing about it.
	return c.html(
		<SubscriptionPage archive={archive} lang={lang} title={strings.askedTitle}>
			<p>{strings.askedLead}</p>
			<BackTo entry={entry} />
		</SubscriptionPage>,
	);
});

subscriptions.get("/subscriptions/:token/confirmation", async (c) => {
	cache(c, "none");
	const { subscriptions, id } = await confirming(c);
	const [subscription] = await subscriptions.find([id]).catch(linkDown(c));
	if (subscription === undefined) throw lapsed(c);
	const { archive, entry, lang, strings } = about(c, [subscription]);
	// Mail scanners open every link, so opening it does nothing.
	return c.html(
		<SubscriptionPage archive={archive} lang={lang} title={strings.confirmTitle}>
			<p>{subscription.commentId === null ? strings.confirmThread : strings.confirmReplies}</p>
			<BackTo entry={entry} />
			<ActButton label={strings.confirmButton} />
		</SubscriptionPage>,
	);
});

subscriptions.post("/subscriptions/:token/confirmation", boundedBody, async (c) => {
	cache(c, "none");
	const { subscriptions, id } = await confirming(c);
	const { now, signingSecret } = c.var.services;
	// A browser that is nobody's yet does not become whoever asked.
	const visitor = signingSecret === null ? null : await knownVisitor(c, signingSecret);
	const subscription = await subscriptions
		.confirm(id, visitor ?? crypto.randomUUID(), now())
		.catch(linkDown(c));
	if (subscription === null) throw lapsed(c);
	const { archive, entry, lang, strings } = about(c, [subscription]);
	return c.html(
		<SubscriptionPage archive={archive} lang={lang} title={strings.confirmedTitle}>
			<p role="status">{strings.confirmedLead}</p>
			<BackTo entry={entry} />
		</SubscriptionPage>,
	);
});

subscriptions.get("/subscriptions/:token/end", async (c) => {
	cache(c, "none");
	const { subscriptions, ids } = await ending(c);
	const { archive, entry, lang, strings } = about(c, await subscriptions.find(ids).catch(linkDown(c)));
	return c.html(
		<SubscriptionPage archive={archive} lang={lang} title={strings.endTitle}>
			<p>{strings.endLead}</p>
			<BackTo entry={entry} />
			<ActButton label={strings.endButton} />
			<ActButton label={strings.endAllButton} all />
		</SubscriptionPage>,
	);
});

/** Also what a mail program posts when its reader presses "unsubscribe" there (RFC 8058): the token is all it carries. */
subscriptions.post("/subscriptions/:token/end", boundedBody, async (c) => {
	cache(c, "none");
	const { subscriptions, ids } = await ending(c);
	const form = await readForm(c);
	const { archive, entry, lang, strings } = about(c, await subscriptions.find(ids).catch(linkDown(c)));
	await subscriptions.end(ids, form("all") !== "").catch(linkDown(c));
	return c.html(
		<SubscriptionPage archive={archive} lang={lang} title={strings.endedTitle}>
			<p role="status">{strings.endedLead}</p>
			<BackTo entry={entry} />
		</SubscriptionPage>,
	);
});

async function confirming(c: AppContext) {
	const { subscriptions, claim } = await held(c);
	if (claim?.may !== "confirm") throw lapsed(c);
	return { subscriptions, id: claim.subscription };
}

async function ending(c: AppContext) {
	const { subscriptions, claim } = await held(c);
	if (claim?.may !== "end") throw lapsed(c);
	return { subscriptions, ids: claim.subscriptions };
}

/** What the link's token claims. */
async function held(c: AppContext) {
	const { hearing, now } = c.var.services;
	if (hearing === null) throw lapsed(c);
	const claim: Claim | null = await hearing.claims.read(c.req.param("token") ?? "", now());
	return { subscriptions: hearing.subscriptions, claim };
}

/** The post that subscriptions are about, where it is one, and its language. */
function about(c: AppContext, found: readonly Subscription[]) {
	const { archive, now } = c.var.services;
	const posts = new Set(found.map(({ postId }) => postId));
	const [only] = posts;
	const entry = posts.size === 1 && only !== undefined ? archive.byId(only, now()) : null;
	const lang = entry?.lang ?? archive.site.language;
	return { archive, entry, lang, strings: stringsFor(lang) };
}

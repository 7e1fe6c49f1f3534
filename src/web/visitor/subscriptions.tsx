import { Hono } from "hono";
import { confirmToken, unsubscribeToken } from "../../notifications/links.ts";
import {
	parseAddress,
	type Subscription,
	type SubscriptionRepository,
} from "../../notifications/subscription.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { entryOf, type Form, idOf, readForm } from "../http/form.ts";
import { knownVisitor, setVisitorCookie, visitorOf } from "../http/visitor.ts";
import { explainLimit, reachedMailLimit } from "../http/write-limit.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { expiredLinkError, linkUnavailable, readMailedLink } from "./mailed-link.ts";
import { BackLink, LinkActionForm, SubscribePage, SubscriptionPage } from "./subscription-page.tsx";

/** Routes of e-mail subscriptions to comments: to request, to confirm, to end. */
export const subscriptions = new Hono<AppEnv>();

subscriptions.post("/subscriptions", async (c) => {
	const { mail, clock, secrets } = c.var.services;
	const form = await readForm(c);
	const entry = entryOf(c, form);
	const strings = stringsFor(entry.lang);
	const commentId = idOf(form, "comment");
	const refuse = (refused: string | null, status: 422 | 429 | 503) => showForm(c, form, refused, status);
	if (mail.readerNotifications === null || secrets.signing === null) return refuse(strings.unavailable, 503);
	const email = parseAddress(form("email"));
	if (email === null) return refuse(null, 422);
	const visitor = await visitorOf(c, secrets.signing);
	try {
		const reached = await reachedMailLimit(c);
		if (reached !== null) return refuse(explainLimit(c, reached, entry.lang), 429);
		await mail.readerNotifications.subscriptions.request(
			{ email, postId: entry.id, commentId, visitor: visitor.id },
			clock.now(),
		);
	} catch (error) {
		logDatabaseFailure(error, c);
		return refuse(strings.unavailable, 503);
	}
	await setVisitorCookie(c, visitor.id, secrets.signing);
	return c.redirect(`/subscriptions/requested?post=${encodeURIComponent(entry.id)}`, 303);
});

subscriptions.get("/subscriptions/requested", (c) => {
	const { archive, clock } = c.var.services;
	const entry = archive.findById(c.req.query("post") ?? "", clock.now());
	const lang = entry?.lang ?? archive.site.language;
	const strings = stringsFor(lang);
	// The page is the same for every address, so that it does not reveal whether one is subscribed.
	return c.html(
		<SubscriptionPage archive={archive} lang={lang} title={strings.checkEmailTitle}>
			<p>{strings.confirmationSent}</p>
			<BackLink entry={entry} />
		</SubscriptionPage>,
	);
});

subscriptions.get("/subscriptions/:token/confirmation", async (c) => {
	const { subscriptions, named } = await readConfirmLink(c);
	const [subscription] = await subscriptions.find([named]).catch(linkUnavailable(c));
	if (subscription === undefined) throw expiredLinkError(c);
	const { archive, entry, lang, strings } = subscribedPost(c, [subscription]);
	// Mail scanners open every link, so opening it does nothing.
	return c.html(
		<SubscriptionPage archive={archive} lang={lang} title={strings.subscribeConfirmTitle}>
			<p>
				{subscription.commentId === null ? strings.subscribeConfirmComments : strings.subscribeConfirmReplies}
			</p>
			<BackLink entry={entry} />
			<LinkActionForm label={strings.subscribeConfirmButton} />
		</SubscriptionPage>,
	);
});

subscriptions.post("/subscriptions/:token/confirmation", async (c) => {
	const { subscriptions, named } = await readConfirmLink(c);
	const { clock, secrets } = c.var.services;
	// A browser without a visitor cookie does not become the visitor who made the request.
	const visitor = secrets.signing === null ? null : await knownVisitor(c, secrets.signing);
	const subscription = await subscriptions
		.confirm(named, visitor ?? crypto.randomUUID(), clock.now())
		.catch(linkUnavailable(c));
	if (subscription === null) throw expiredLinkError(c);
	const { archive, entry, lang, strings } = subscribedPost(c, [subscription]);
	return c.html(
		<SubscriptionPage archive={archive} lang={lang} title={strings.subscribedTitle}>
			<p role="status">{strings.subscribedLead}</p>
			<BackLink entry={entry} />
		</SubscriptionPage>,
	);
});

subscriptions.get("/subscriptions/:token/end", async (c) => {
	const { subscriptions, named } = await readEndLink(c);
	const { archive, entry, lang, strings } = subscribedPost(
		c,
		await subscriptions.find(named).catch(linkUnavailable(c)),
	);
	return c.html(
		<SubscriptionPage archive={archive} lang={lang} title={strings.unsubscribeTitle}>
			<p>{strings.unsubscribeLead}</p>
			<BackLink entry={entry} />
			<LinkActionForm label={strings.unsubscribeButton} />
			<LinkActionForm label={strings.unsubscribeAllButton} all />
		</SubscriptionPage>,
	);
});

// Mail programs post here for one-click unsubscribing (RFC 8058), with nothing but the token.
subscriptions.post("/subscriptions/:token/end", async (c) => {
	const { subscriptions, named } = await readEndLink(c);
	const form = await readForm(c);
	const { archive, entry, lang, strings } = subscribedPost(
		c,
		await subscriptions.find(named).catch(linkUnavailable(c)),
	);
	await subscriptions.end(named, form("all") !== "").catch(linkUnavailable(c));
	return c.html(
		<SubscriptionPage archive={archive} lang={lang} title={strings.unsubscribedTitle}>
			<p role="status">{strings.unsubscribedLead}</p>
			<BackLink entry={entry} />
		</SubscriptionPage>,
	);
});

/** Shows the request's form again as it was sent by a page of another site. */
export async function refuseCrossSiteSubscription(c: AppContext): Promise<Response> {
	const form = await readForm(c);
	return showForm(c, form, stringsFor(entryOf(c, form).lang).refusedOrigin, 403);
}

function showForm(c: AppContext, form: Form, refused: string | null, status: 403 | 422 | 429 | 503) {
	const page = (
		<SubscribePage
			archive={c.var.services.archive}
			entry={entryOf(c, form)}
			commentId={idOf(form, "comment")}
			typed={form("email")}
			refused={refused}
		/>
	);
	return c.html(page, status);
}

async function readConfirmLink(c: AppContext) {
	const { subscription } = await readMailedLink(c, confirmToken);
	return { subscriptions: subscriptionsOf(c), named: subscription };
}

async function readEndLink(c: AppContext) {
	const { subscriptions } = await readMailedLink(c, unsubscribeToken);
	return { subscriptions: subscriptionsOf(c), named: subscriptions };
}

/** Returns the subscriptions; throws where no mail can be sent, and so none was. */
function subscriptionsOf(c: AppContext): SubscriptionRepository {
	const { readerNotifications } = c.var.services.mail;
	if (readerNotifications === null) throw expiredLinkError(c);
	return readerNotifications.subscriptions;
}

/** Returns the one post of all subscriptions, or null if there are several, and the language to use. */
function subscribedPost(c: AppContext, all: readonly Subscription[]) {
	const { archive, clock } = c.var.services;
	const posts = new Set(all.map(({ postId }) => postId));
	const [only] = posts;
	const entry = posts.size === 1 && only !== undefined ? archive.findById(only, clock.now()) : null;
	const lang = entry?.lang ?? archive.site.language;
	return { archive, entry, lang, strings: stringsFor(lang) };
}

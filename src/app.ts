import type { ExecutionContext } from "@cloudflare/workers-types";
import { Hono } from "hono";
import type { Env } from "./env.ts";
import type { Services } from "./services.ts";
import { account } from "./web/admin/account.tsx";
import { moderatedComment } from "./web/admin/comment.tsx";
import { commenters } from "./web/admin/commenters.tsx";
import { enrolment } from "./web/admin/enrolment.tsx";
import { requireMember } from "./web/admin/guard.ts";
import { outbox } from "./web/admin/local-outbox.tsx";
import { log } from "./web/admin/log.tsx";
import { moderationLinks } from "./web/admin/moderation-link.tsx";
import { queue } from "./web/admin/queue.tsx";
import { recheck } from "./web/admin/recheck.ts";
import { settingsRoutes } from "./web/admin/settings.tsx";
import { signIn } from "./web/admin/sign-in.tsx";
import { team } from "./web/admin/team.tsx";
import { upcoming } from "./web/admin/upcoming.tsx";
import type { AppEnv } from "./web/http/context.ts";
import { answerError, answerNotFound } from "./web/http/errors.tsx";
import { canonicalRedirect } from "./web/http/middleware/canonical-redirect.ts";
import { purgeChanges } from "./web/http/middleware/purge-changes.ts";
import { addSecurityHeaders } from "./web/http/middleware/security-headers.ts";
import { sendNotificationsAfterWrite } from "./web/http/middleware/send-notifications.ts";
import { addSpeculationRules } from "./web/http/middleware/speculation.ts";
import { storeRenderedPage } from "./web/http/middleware/store-page.ts";
import { stripTrackingParams } from "./web/http/middleware/strip-tracking-params.ts";
import { writeSession } from "./web/http/middleware/write-session.ts";
import { answerFromCache } from "./web/http/page-cache.ts";
import { commentFeeds } from "./web/site/comment-feeds.ts";
import { commentPermalinks } from "./web/site/comment-permalinks.ts";
import { entries } from "./web/site/entries.tsx";
import { feeds } from "./web/site/feeds.ts";
import { home } from "./web/site/home.tsx";
import { languages } from "./web/site/languages.tsx";
import { listings } from "./web/site/listings.tsx";
import { robots } from "./web/site/robots.ts";
import { scripts } from "./web/site/scripts.ts";
import { sitemap } from "./web/site/sitemap.ts";
import { challenges } from "./web/visitor/challenges.ts";
import { comments } from "./web/visitor/comments.tsx";
import { me } from "./web/visitor/me.tsx";
import { ownComments } from "./web/visitor/own-comments.tsx";
import { ownName } from "./web/visitor/own-name.tsx";
import { reactions } from "./web/visitor/reactions.ts";
import { subscriptions } from "./web/visitor/subscriptions.tsx";
import { verifications } from "./web/visitor/verifications.tsx";

/** Creates the app: middleware, then the routes in order. `connect` returns the services of a request. */
export function createApp(connect: (env: Env, context: object) => Services) {
	const app = new Hono<AppEnv>({ strict: true });

	app.use(async (c, next) => {
		c.set("services", connect(c.env, c.executionCtx));
		// Shown in the log and on error pages; Cloudflare's own id where there is one.
		c.set("requestId", c.req.header("CF-Ray") ?? crypto.randomUUID());
		await next();
	});
	app.use(storeRenderedPage);
	app.use(addSecurityHeaders);
	app.use(addSpeculationRules);
	app.use(canonicalRedirect);
	app.use(stripTrackingParams);
	app.use(writeSession);
	app.use(purgeChanges);
	app.use(sendNotificationsAfterWrite);

	app.route("/", home); //              /  /page/2/
	app.route("/", listings); //          /category/…  /tag/…  /author/…  /archive/  /2009/  /2009/03/  …/feed.xml
	app.route("/", languages); //         /ja/  /ja/page/2/  /ja/feed.xml
	app.route("/", feeds); //             /feed.xml
	app.route("/", sitemap); //           /sitemap.xml  /sitemap-1.xml
	app.route("/", robots); //            /robots.txt  /icon.svg  /healthz
	app.route("/", scripts); //           /scripts/passkey-….js
	app.route("/", commentFeeds); //      /comments.xml  …/comments.xml
	app.route("/", commentPermalinks); // /comments/12
	app.route("/", comments); //          /comments  /comments/12/reply
	app.route("/", challenges); //        /comments/12/proof
	app.route("/", ownComments); //       /comments/12/edit  /comments/12/revisions  /comments/12/deletion
	app.route("/", me); //                /me  /me/export  /me/anonymization  /me/erasure
	app.route("/", ownName); //           /me/name  /me/name/removal  /me/session/end
	app.route("/", verifications); //     /verifications  /verifications/…
	app.route("/", subscriptions); //     /subscriptions  /subscriptions/…/confirmation  /subscriptions/…/end
	app.route("/", reactions); //         /reactions  /reactions/removals
	app.route("/", outbox); //            /admin/outbox  (local server only)

	app.route("/", moderationLinks); //   /moderation/…  (links in notices)

	app.use("/admin/*", requireMember);
	app.route("/", queue); //             /admin  /admin/decisions
	app.route("/", moderatedComment); //  /admin/comments/12
	app.route("/", log); //               /admin/log
	app.route("/", commenters); //        /admin/commenters
	app.route("/", settingsRoutes); //    /admin/settings  /admin/blocks
	app.route("/", recheck); //           /admin/recheck
	app.route("/", signIn); //            /admin/sign-in  /admin/session
	app.route("/", enrolment); //         /admin/enrolment
	app.route("/", account); //           /admin/account
	app.route("/", team); //              /admin/team
	app.route("/", upcoming); //          /admin/upcoming

	app.route("/", entries); //           every post and page, at its permalink

	app.notFound(answerNotFound);
	app.onError(answerError);
	return app;
}

/** Creates the Worker's fetch handler, which answers from the isolate's page cache or else from the app. */
export function createFetch(connect: (env: Env, context: object) => Services) {
	const app = createApp(connect);
	return (request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> => {
		const cached = answerFromCache(request, () => connect(env, context));
		if (cached instanceof Response) return cached;
		if (cached === null) return app.fetch(request, env, context);
		return cached.then((response) => response ?? app.fetch(request, env, context));
	};
}

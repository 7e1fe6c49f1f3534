import type { ExecutionContext } from "@cloudflare/workers-types";
import { Hono } from "hono";
import type { Env } from "./env.ts";
import type { Services } from "./services.ts";
import type { AppEnv } from "./web/context.ts";
import { answerError, answerNotFound } from "./web/errors.tsx";
import { answerFromKept } from "./web/kept-pages.ts";
import { announceChanges } from "./web/middleware/announce-changes.ts";
import { deskWall } from "./web/middleware/desk.ts";
import { freshen } from "./web/middleware/freshen.ts";
import { keep } from "./web/middleware/keep.ts";
import { oneAddress } from "./web/middleware/one-address.ts";
import { oneSession } from "./web/middleware/one-session.ts";
import { secure } from "./web/middleware/security-headers.ts";
import { speculate } from "./web/middleware/speculate.ts";
import { untracked } from "./web/middleware/tracking.ts";
import { account } from "./web/routes/account.tsx";
import { commentFeeds } from "./web/routes/comment-feeds.ts";
import { comments } from "./web/routes/comments.tsx";
import { enrolment } from "./web/routes/enrolment.tsx";
import { entries } from "./web/routes/entries.tsx";
import { feeds } from "./web/routes/feeds.ts";
import { home } from "./web/routes/home.tsx";
import { languages } from "./web/routes/languages.tsx";
import { listings } from "./web/routes/listings.tsx";
import { log } from "./web/routes/log.tsx";
import { me } from "./web/routes/me.tsx";
import { moderatedComment } from "./web/routes/moderated-comment.tsx";
import { moderation } from "./web/routes/moderation.tsx";
import { outbox } from "./web/routes/outbox.tsx";
import { ownComments } from "./web/routes/own-comments.tsx";
import { ownName } from "./web/routes/own-name.tsx";
import { people } from "./web/routes/people.tsx";
import { permalinks } from "./web/routes/permalinks.ts";
import { proofs } from "./web/routes/proofs.ts";
import { queue } from "./web/routes/queue.tsx";
import { reactions } from "./web/routes/reactions.ts";
import { rejudging } from "./web/routes/rejudging.ts";
import { robots } from "./web/routes/robots.ts";
import { rulesRoutes } from "./web/routes/rules.tsx";
import { scripts } from "./web/routes/scripts.ts";
import { signIn } from "./web/routes/sign-in.tsx";
import { sitemap } from "./web/routes/sitemap.ts";
import { subscriptions } from "./web/routes/subscriptions.tsx";
import { team } from "./web/routes/team.tsx";
import { upcoming } from "./web/routes/upcoming.tsx";
import { verifications } from "./web/routes/verifications.tsx";

/** The whole site. `connect` gives a request its services; everything else hangs off this map. */
export function createApp(connect: (env: Env, context: object) => Services) {
	const app = new Hono<AppEnv>({ strict: true });

	app.use(async (c, next) => {
		c.set("services", connect(c.env, c.executionCtx));
		// In the log and, when something goes wrong, on the page; the platform's own id where there is one.
		c.set("requestId", c.req.header("CF-Ray") ?? crypto.randomUUID());
		await next();
	});
	app.use(keep);
	app.use(secure);
	app.use(speculate);
	app.use(oneAddress);
	app.use(untracked);
	app.use(oneSession);
	app.use(freshen);
	app.use(announceChanges);

	app.route("/", home); //        /  /page/2/
	app.route("/", listings); //    /category/…  /tag/…  /author/…  /archive/  /2009/  /2009/03/  …/feed.xml
	app.route("/", languages); //   /ja/  /ja/page/2/  /ja/feed.xml
	app.route("/", feeds); //       /feed.xml
	app.route("/", sitemap); //     /sitemap.xml  /sitemap-1.xml
	app.route("/", robots); //      /robots.txt  /icon.svg  /healthz
	app.route("/", scripts); //     /scripts/passkey-….js
	app.route("/", commentFeeds); // /comments.xml  …/comments.xml
	app.route("/", permalinks); //  /comments/12
	app.route("/", comments); //    /comments  /comments/12/reply
	app.route("/", proofs); //      /comments/12/proof
	app.route("/", ownComments); // /comments/12/edit  /comments/12/revisions  /comments/12/deletion
	app.route("/", me); //          /me  /me/export  /me/deletion  /me/forgetting
	app.route("/", ownName); //     /me/name  /me/name/removal  /me/session/end
	app.route("/", verifications); // /verifications  /verifications/…
	app.route("/", subscriptions); // /subscriptions  /subscriptions/…/confirmation  /subscriptions/…/end
	app.route("/", reactions); //   /reactions  /reactions/removals
	app.route("/", outbox); //      /admin/outbox  (on the owner's own machine only)

	app.route("/", moderation); //  /moderation/…  (links in notices)

	app.use("/admin/*", deskWall);
	app.route("/", queue); //       /admin  /admin/decisions
	app.route("/", moderatedComment); // /admin/comments/12
	app.route("/", log); //         /admin/log
	app.route("/", people); //      /admin/people
	app.route("/", rulesRoutes); // /admin/rules  /admin/blocks
	app.route("/", rejudging); //   /admin/rejudging
	app.route("/", signIn); //      /admin/sign-in  /admin/session
	app.route("/", enrolment); //   /admin/enrolment
	app.route("/", account); //     /admin/account
	app.route("/", team); //        /admin/team
	app.route("/", upcoming); //    /admin/upcoming

	app.route("/", entries); //     every post and page, at the address the writer chose

	app.notFound(answerNotFound);
	app.onError(answerError);
	return app;
}

/** The Worker's answer to a request: from the pages this isolate keeps, else from the app. */
export function createFetch(connect: (env: Env, context: object) => Services) {
	const app = createApp(connect);
	return (request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> => {
		const kept = answerFromKept(request, () => connect(env, context));
		if (kept instanceof Response) return kept;
		if (kept === null) return app.fetch(request, env, context);
		return kept.then((answer) => answer ?? app.fetch(request, env, context));
	};
}

import { Hono } from "hono";
import { except } from "hono/combine";
import { BlogError } from "../../errors.ts";
import { enginePaths } from "../../posts/engine-paths.ts";
import { browserLanguage } from "../http/browser-language.ts";
import { privateByDefault } from "../http/caching.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { boundedBody } from "../http/form.ts";
import { requireSameOrigin } from "../http/same-origin.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { challenges, refuseProof } from "./challenges.ts";
import { comments, refuseCrossSiteComment } from "./comments.tsx";
import { me } from "./me.tsx";
import { refuseCrossSiteMe } from "./me-response.tsx";
import { ownComments, refuseCrossSiteChange } from "./own-comments.tsx";
import { ownName } from "./own-name.tsx";
import { reactions, refuseCrossSiteReaction } from "./reactions.ts";
import { refuseCrossSiteReport, reports } from "./reports.tsx";
import { refuseCrossSiteSubscription, subscriptions } from "./subscriptions.tsx";
import { refuseCrossSiteConfirmation, refuseCrossSiteRequest, verifications } from "./verifications.tsx";

/** Pages and forms of one visitor: never cached, same-origin only, limited in size. */
export const visitor = new Hono<AppEnv>();

/** Routes that answer a form of another site in their own words, most with the form as it was filled in. */
const refusals: readonly [string, (c: AppContext) => Response | Promise<Response>][] = [
	["/comments", refuseCrossSiteComment],
	["/comments/:id/proof", refuseProof],
	["/comments/:id/:change{revisions|deletion}", refuseCrossSiteChange],
	["/comments/:id/reports", refuseCrossSiteReport],
	["/reactions/*", refuseCrossSiteReaction],
	["/me/*", refuseCrossSiteMe],
	["/subscriptions", refuseCrossSiteSubscription],
	["/verifications", refuseCrossSiteRequest],
	["/verifications/:token", refuseCrossSiteConfirmation],
];

/** Mail programs post to it for one-click unsubscribing (RFC 8058), with a token instead of an origin. */
const oneClickUnsubscribing = "/subscriptions/:token/end";

for (const segment of enginePaths.visitor) visitor.use(`/${segment}/*`, privateByDefault, boundedBody);
for (const [path, refuse] of refusals) visitor.use(path, requireSameOrigin(refuse));
for (const segment of enginePaths.visitor) {
	visitor.use(`/${segment}/*`, except(oneClickUnsubscribing, requireSameOrigin(refuseCrossSite)));
}

visitor.route("/", comments); //      /comments  /comments/12/reply
visitor.route("/", challenges); //    /comments/12/proof
visitor.route("/", ownComments); //   /comments/12/edit  /comments/12/revisions  /comments/12/deletion
visitor.route("/", reports); //       /comments/12/report  /comments/12/reports
visitor.route("/", me); //            /me  /me/export  /me/anonymization  /me/erasure
visitor.route("/", ownName); //       /me/name  /me/name/removal  /me/session/end
visitor.route("/", verifications); // /verifications  /verifications/…
visitor.route("/", subscriptions); // /subscriptions  /subscriptions/…/confirmation  /subscriptions/…/end
visitor.route("/", reactions); //     /reactions  /reactions/removals

/** Refuses any other form that was sent by a page of another site. */
function refuseCrossSite(c: AppContext): never {
	const lang = browserLanguage(c);
	throw new BlogError("forbidden", stringsFor(lang).refusedOrigin, { lang });
}

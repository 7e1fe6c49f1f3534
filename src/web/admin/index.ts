import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { enginePaths } from "../../posts/engine-paths.ts";
import { privateByDefault } from "../http/caching.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { boundedBody } from "../http/form.ts";
import { requireSameOrigin } from "../http/same-origin.ts";
import { account } from "./account.tsx";
import { moderatedComment } from "./comment.tsx";
import { commenters } from "./commenters.tsx";
import { enrolment } from "./enrolment.tsx";
import { requireMember, requireSecrets } from "./guard.ts";
import { outbox } from "./local-outbox.tsx";
import { log } from "./log.tsx";
import { moderationLinks } from "./moderation-link.tsx";
import { notices } from "./notices.tsx";
import { orphans } from "./orphans.tsx";
import { overview } from "./overview.tsx";
import { pause } from "./pause.ts";
import { queue } from "./queue.tsx";
import { recheck } from "./recheck.ts";
import { redirects } from "./redirects.ts";
import { adminLanguageOf } from "./request.ts";
import { settingsRoutes } from "./settings.tsx";
import { signIn } from "./sign-in.tsx";
import { team } from "./team.tsx";
import { upcoming } from "./upcoming.tsx";

/** Pages and forms of those who moderate: never cached, sent from this site only, limited in size, for members. */
export const admin = new Hono<AppEnv>();

for (const segment of enginePaths.admin) admin.use(`/${segment}/*`, privateByDefault);
admin.route("/", outbox); //           /admin/outbox  (local server only)

admin.use("/admin/*", requireSecrets);
for (const segment of enginePaths.admin) {
	admin.use(`/${segment}/*`, boundedBody, requireSameOrigin(refuseCrossSite));
}
admin.route("/", moderationLinks); //  /moderation/…  (links in notifications, each good for one decision)

admin.use("/admin/*", requireMember);
admin.route("/", overview); //         /admin
admin.route("/", redirects); //        /admin/redirects
admin.route("/", queue); //            /admin/comments  /admin/decisions
admin.route("/", pause); //            /admin/pause
admin.route("/", moderatedComment); // /admin/comments/12
admin.route("/", log); //              /admin/log
admin.route("/", orphans); //          /admin/orphans
admin.route("/", commenters); //       /admin/commenters
admin.route("/", settingsRoutes); //   /admin/settings  /admin/blocks
admin.route("/", recheck); //          /admin/recheck
admin.route("/", signIn); //           /admin/sign-in  /admin/session
admin.route("/", enrolment); //        /admin/enrolment
admin.route("/", account); //          /admin/account
admin.route("/", team); //             /admin/team
admin.route("/", upcoming); //         /admin/upcoming
admin.route("/", notices); //          /admin/notices

/** Refuses a form that was sent by a page of another site. */
function refuseCrossSite(c: AppContext): never {
	throw new BlogError("forbidden", adminLanguageOf(c).strings.crossSiteRefused);
}

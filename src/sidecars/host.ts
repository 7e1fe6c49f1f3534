/**
 * The main module of the blog on a machine of one's own. It runs the Worker that Cloudflare would get, and gives it what
 * Cloudflare's network does: the client's address and bindings.
 */
import type { ExecutionContext, ScheduledController } from "@cloudflare/workers-types";
import type { Env } from "../env.ts";
import blog from "../index.ts";
import { withClientAddress } from "./client-address.ts";
import { type MailService, mailBinding } from "./mail.ts";

/** The variables of the environment, null where they are not set. */
type HostEnv = Env & { TRUST_PROXY: string | null; SMTP_URL: string | null; SMTP: MailService };

export default {
	fetch(request: Request, env: HostEnv, context: ExecutionContext) {
		const headers = withClientAddress(request.headers, env.TRUST_PROXY === "1");
		return blog.fetch(headers === null ? request : new Request(request, { headers }), blogEnv(env), context);
	},
	scheduled: (controller: ScheduledController, env: HostEnv, context: ExecutionContext) =>
		blog.scheduled(controller, blogEnv(env), context),
};

/** One object for the isolate's life, by which the blog caches its services. */
let adapted: Env | null = null;

function blogEnv(env: HostEnv): Env {
	if (adapted === null) {
		const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== null));
		const mail = env.SMTP_URL === null ? {} : { EMAIL: mailBinding(env.SMTP) };
		adapted = { ...(present as unknown as Env), ...mail };
	}
	return adapted;
}

import type { ExecutionContext } from "@cloudflare/workers-types";
import { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { Env } from "./env.ts";
import { runInvocation } from "./invocation.ts";
import { createLog, type Log } from "./log.ts";
import type { Services } from "./services.ts";
import { admin } from "./web/admin/index.ts";
import { api } from "./web/api/index.ts";
import { answerError, answerMethod, answerNotFound } from "./web/errors.tsx";
import type { AppEnv } from "./web/http/context.ts";
import { backgroundBudget } from "./web/http/middleware/background-budget.ts";
import { canonicalRedirect } from "./web/http/middleware/canonical-redirect.ts";
import { hostRedirect } from "./web/http/middleware/host-redirect.ts";
import { purgeChanges } from "./web/http/middleware/purge-changes.ts";
import { recordRequests } from "./web/http/middleware/record-requests.ts";
import { addSecurityHeaders } from "./web/http/middleware/security-headers.ts";
import { sendNotificationsAfterWrite } from "./web/http/middleware/send-notifications.ts";
import { addSpeculationRules } from "./web/http/middleware/speculation.ts";
import { storeRenderedPage } from "./web/http/middleware/store-page.ts";
import { writeSession } from "./web/http/middleware/write-session.ts";
import { answerFromCache } from "./web/http/page-cache.ts";
import { recordRequest } from "./web/http/record-request.ts";
import { entries } from "./web/site/entries.tsx";
import { site } from "./web/site/index.ts";
import { visitor } from "./web/visitor/index.ts";

/** The engine's own paths by area, in order; `posts/engine-paths.ts` lists their first segments. */
const own = new Hono<AppEnv>();
own.route("/", site); //    pages and files that every reader shares
own.route("/", api); //     data for programs
own.route("/", visitor); // what one visitor sees or sends
own.route("/", admin); //   pages for members

/** Returns the services of a request, which write to its log. */
type Connect = (env: Env, context: object, log: Log) => Services;

/** Returns the id that the log and error pages show: Cloudflare's own where there is one. */
function requestIdOf(request: Request): string {
	const ray = request.headers.get("CF-Ray");
	return ray !== null && /^[\w-]{1,40}$/.test(ray) ? ray : crypto.randomUUID();
}

/** Creates the app: middleware, then the routes in order. `connect` returns the services of a request. */
export function createApp(connect: Connect) {
	const app = new Hono<AppEnv>({ strict: true });

	app.use(async (c, next) => {
		const requestId = requestIdOf(c.req.raw);
		c.set("requestId", requestId);
		c.set("services", connect(c.env, c.executionCtx, createLog(requestId)));
		await next();
	});
	app.use(recordRequests);
	app.use(storeRenderedPage);
	app.use(addSecurityHeaders);
	app.use(addSpeculationRules);
	app.use(hostRedirect);
	app.use(canonicalRedirect);
	app.use(writeSession);
	// The last one runs first after the response, and takes what it needs from the budget before the other.
	app.use(sendNotificationsAfterWrite);
	app.use(purgeChanges);
	app.use(backgroundBudget);

	app.use(methodNotAllowed({ app: own, onMethodNotAllowed: answerMethod }));

	app.route("/", own);
	app.route("/", entries); // every post and page, at its permalink

	app.all("*", (c) => {
		const { archive, clock } = c.var.services;
		const isEntry = archive.find(c.req.path, clock.now()) !== null;
		return isEntry ? answerMethod(c, ["GET", "HEAD"]) : answerNotFound(c);
	});

	app.notFound(answerNotFound);
	app.onError(answerError);
	return app;
}

/** Creates the Worker's fetch handler, which answers from the isolate's page cache or else from the app. */
export function createFetch(connect: Connect) {
	const app = createApp(connect);
	return (request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> =>
		runInvocation(() => {
			const began = Date.now();
			const cached = answerFromCache(
				request,
				() => connect(env, context, createLog(requestIdOf(request))),
				({ route, entryId }, { status }, services) =>
					recordRequest(
						services,
						{
							request,
							requestId: requestIdOf(request),
							route: request.method === "HEAD" ? route.replace(/^GET/, "HEAD") : route,
							entryId,
							status,
							milliseconds: Date.now() - began,
							cache: "hit",
						},
						context,
					),
			);
			if (cached instanceof Response) return cached;
			if (cached === null) return app.fetch(request, env, context);
			return cached.then((response) => response ?? app.fetch(request, env, context));
		});
}

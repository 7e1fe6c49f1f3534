import type { ExecutionContext } from "@cloudflare/workers-types";
import { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { TrieRouter } from "hono/router/trie-router";
import { getPath } from "hono/utils/url";
import type { Env } from "./env.ts";
import { runInvocation } from "./invocation.ts";
import { createLog, type Log } from "./log.ts";
import { isPagePath } from "./posts/engine-paths.ts";
import type { Services } from "./services.ts";
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
import { pages } from "./web/site/pages.ts";

/** Returns the services of a request, which write to its log. */
type Connect = (env: Env, context: object, log: Log) => Services;

/** Returns the id that the log and error pages show: Cloudflare's own where there is one. */
function requestIdOf(request: Request): string {
	const ray = request.headers.get("CF-Ray");
	return ray !== null && /^[\w-]{1,40}$/.test(ray) ? ray : crypto.randomUUID();
}

/** Creates an app: middleware, then the routes of its areas in order. `connect` returns the services of a request. */
export function createApp(connect: Connect, areas: Hono<AppEnv>) {
	// The default router first tries a faster one, which cannot match these paths and takes as long to build.
	const app = new Hono<AppEnv>({ strict: true, router: new TrieRouter() });

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

	app.use(methodNotAllowed({ app: areas, onMethodNotAllowed: answerMethod }));

	app.route("/", areas);
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

/**
 * Creates the Worker's fetch handler, which answers from the isolate's page cache or else from an app. An isolate starts
 * with the pages of posts; the first request for anything else evaluates all other routes, most of which readers never need.
 */
export function createFetch(connect: Connect) {
	const readers = createApp(connect, pages);
	let whole: typeof readers | null = null;
	const fetchFromApp = async (request: Request, env: Env, context: ExecutionContext) => {
		if (isPagePath(getPath(request))) return readers.fetch(request, env, context);
		const { everyArea } = await import("./every-area.ts");
		whole ??= createApp(connect, everyArea);
		return whole.fetch(request, env, context);
	};
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
			if (cached === null) return fetchFromApp(request, env, context);
			return cached.then((response) => response ?? fetchFromApp(request, env, context));
		});
}

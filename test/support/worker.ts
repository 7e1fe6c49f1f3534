import type { D1Database, ExecutionContext } from "@cloudflare/workers-types";
import { createApp, createFetch } from "../../src/app.ts";
import type { Purge } from "../../src/caching/invalidation.ts";
import type { Env } from "../../src/env.ts";
import { everyArea } from "../../src/every-area.ts";
import { createLog, type Log } from "../../src/log.ts";
import type { WorkerContent } from "../../src/posts/worker-content.ts";
import { runCron } from "../../src/scheduled.ts";
import { type Services, servicesFrom } from "../../src/services.ts";
import { replaceContent } from "../../src/sidecars/local-content.ts";
import { createRateLimit } from "../../src/sidecars/rate-limit.ts";
import { clearPages } from "../../src/web/http/page-cache.ts";
import { answerD1 } from "./remote-d1.ts";
import { dropTriggers, withReplica } from "./replica.ts";
import { resetDatabase } from "./reset-database.ts";
import { createRecorder } from "./usage.ts";

type TestEnv = Env & {
	EDGE_CACHE: { fetch(url: string, init: object): Promise<{ ok: boolean }> };
	/** A second database that stands for the nearest replica of the first. */
	REPLICA?: D1Database;
};

/** Null until a request sets it. */
let time: number | null = null;
const now = () => time ?? Date.now();

let copies = 0;

const recorder = createRecorder();
const fetchOutside = globalThis.fetch;
globalThis.fetch = (...request) => {
	recorder.countRequest();
	return fetchOutside(...request);
};

/** The environment since the last deployment. The services cache by it, so that a new object is a new isolate to them. */
let environment: { all: TestEnv; nearest: TestEnv; anew: TestEnv } | null = null;
let deployments = 0;

function environmentOf(env: TestEnv, variables: Record<string, string>, files?: Record<string, string>) {
	deployments += 1;
	const { EMAIL: _, ...withoutMail } = env;
	const all: TestEnv = {
		// A folder sends mail for every blog that it runs; this is for those that want it.
		...(variables.SMTP_URL === undefined ? withoutMail : env),
		DB: recorder.wrap(env.DB),
		...assetsOf(files),
		...variables,
		...limitersOf(env, variables, deployments),
	};
	// Without a version no page comes from the database or goes there.
	const { CF_VERSION_METADATA: _version, ...anew } = all;
	all.CF_VERSION_METADATA = { id: crypto.randomUUID(), tag: "", timestamp: "" };
	return {
		all,
		anew,
		nearest: env.REPLICA ? { ...all, DB: withReplica(env.DB, env.REPLICA, () => copies) } : all,
	};
}

/** Serves the files of the search index of a blog that runs without an asset server. */
function assetsOf(files?: Record<string, string>): Partial<TestEnv> {
	if (files === undefined) return {};
	const fetch = async (url: string) => {
		const file = files[new URL(url).pathname.slice(1)];
		return file === undefined
			? new Response(null, { status: 404 })
			: new Response(Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0)));
	};
	return { ASSETS: { fetch } as unknown as NonNullable<Env["ASSETS"]> };
}

/**
 * Limits that a test sets count by its own clock: on the clock on the wall, a minute may end between two of its requests.
 * Sign-ins are counted by the platform; with keys of its own, no deployment counts what another has used up.
 */
function limitersOf(
	{ SIGN_IN_LIMIT: platform }: TestEnv,
	variables: Record<string, string>,
	deployment: number,
): Partial<TestEnv> {
	const counted = ["COMMENT_LIMIT", "MAIL_LIMIT"].flatMap((name) => {
		if (variables[name] === undefined) return [];
		const isWithin = createRateLimit({ limit: Number(variables[name]), period: 60 }, now);
		return [[name, { limit: async ({ key }: { key: string }) => ({ success: isWithin(key) }) }]];
	});
	const signIn = { limit: ({ key }: { key: string }) => platform?.limit({ key: `${deployment} ${key}` }) };
	return Object.fromEntries([...counted, ...(platform === undefined ? [] : [["SIGN_IN_LIMIT", signIn]])]);
}

/** Tasks that requests have left to be finished after their responses. A number: promises belong to their requests. */
let unfinished = 0;

/** Milliseconds; a task that a closed connection has cancelled never ends. */
const patience = 10_000;

function tracked(ctx: ExecutionContext): ExecutionContext {
	const waitUntil = ctx.waitUntil.bind(ctx);
	const deployment = deployments;
	ctx.waitUntil = (task) => {
		unfinished += 1;
		const end = () => {
			if (deployment === deployments) unfinished -= 1;
		};
		waitUntil(task.then(end, end));
	};
	return ctx;
}

async function tasksDone(): Promise<void> {
	for (let waited = 0; unfinished > 0 && waited < patience; waited += 5) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/** Answers with what was used since the last such request, once the tasks after responses have ended. */
async function answerUsage(): Promise<Response> {
	await tasksDone();
	return Response.json(recorder.take());
}

/** Starts anew with this content and these variables, once the tasks of the deployment before have ended. */
async function deploy(request: Request, env: TestEnv): Promise<Response> {
	const { schema, ...next } = (await request.json()) as {
		content: WorkerContent;
		files?: Record<string, string>;
		variables: Record<string, string>;
		schema?: string;
	};
	await tasksDone();
	unfinished = 0;
	replaceContent(next.content);
	environment = environmentOf(env, next.variables, next.files);
	clearPages();
	if (schema !== undefined) {
		await resetDatabase(env.DB, schema);
		if (env.REPLICA) {
			await resetDatabase(env.REPLICA, schema);
			await dropTriggers(env.REPLICA);
		}
	}
	time = null;
	return new Response(null, { status: 204 });
}

/** Retries take no real time: the test moves the clock and runs the cron jobs. */
const wait = async () => false;

function connect(env: Env, context: object, log: Log): Services {
	const services = servicesFrom(env, context, log);
	const purge: Purge = async (how, tags) => {
		const { EDGE_CACHE } = env as TestEnv;
		recorder.countRequest();
		const answer = await EDGE_CACHE.fetch("http://edge-cache/", {
			method: "POST",
			body: JSON.stringify({ how, tags }),
		});
		return answer.ok;
	};
	return { ...services, clock: { now, wait }, caching: { ...services.caching, purge } };
}

function runJobs(env: TestEnv, ctx: ExecutionContext): Promise<void> {
	environment ??= environmentOf(env, {});
	return runCron(connect(environment.nearest, tracked(ctx), createLog(crypto.randomUUID())));
}

/** Runs the jobs of the cron trigger where no other event than a request can be sent. */
async function answerCron(env: TestEnv, ctx: ExecutionContext): Promise<Response> {
	await runJobs(env, ctx);
	return new Response(null, { status: 204 });
}

const answer = createFetch(connect);
const app = createApp(connect, everyArea);

/** The blog's Worker, with a clock that the test sets by a header and purges that the test receives. */
export default {
	fetch(request: Request, env: TestEnv, ctx: ExecutionContext) {
		if (request.headers.has("X-Test-Deploy")) return deploy(request, env);
		if (request.headers.has("X-Test-Usage")) return answerUsage();
		const database = request.headers.get("X-Test-D1");
		if (database !== null) return answerD1((database === "REPLICA" && env.REPLICA) || env.DB, request);
		if (request.headers.has("X-Test-Cron")) return answerCron(env, ctx);
		environment ??= environmentOf(env, {});
		const header = request.headers.get("X-Test-Now");
		if (header !== null) time = Number(header);
		copies = Number(request.headers.get("X-Test-Copies") ?? copies);
		// The current page, rendered anew: from the primary, without the pages of the isolate and of the database.
		if (request.headers.has("X-Test-Render")) return app.fetch(request, environment.anew, tracked(ctx));
		// As an isolate that has just started.
		if (request.headers.has("X-Test-Fresh")) clearPages();
		return answer(request, environment.nearest, tracked(ctx));
	},
	scheduled: (_: unknown, env: TestEnv, ctx: ExecutionContext) => runJobs(env, ctx),
};

import type { D1Database, ExecutionContext } from "@cloudflare/workers-types";
import { createApp, createFetch } from "../../src/app.tsx";
import type { Env } from "../../src/env.ts";
import { runScheduled } from "../../src/scheduled.ts";
import { type Services, servicesFrom } from "../../src/services.ts";
import { replicated } from "./replica.ts";

type TestEnv = Env & {
	EDGE_CACHE: { fetch(url: string, init: object): Promise<{ ok: boolean }> };
	/** A second database that stands for the nearest replica of the first. */
	REPLICA?: D1Database;
};

let time = Date.now();
const now = () => time;

let copies = 0;
const near = new WeakMap<TestEnv, TestEnv>();

/** The environment as it is where a replica is nearer than the primary. */
function nearReplica(env: TestEnv): TestEnv {
	if (env.REPLICA === undefined) return env;
	const known = near.get(env) ?? { ...env, DB: replicated(env.DB, env.REPLICA, () => copies) };
	near.set(env, known);
	return known;
}

/** Nothing waits in a test: what has to be tried again later is tried again by the test. */
const wait = async () => {};

const connect = (env: Env, context: object): Services => ({
	...servicesFrom(env, context),
	now,
	wait,
	async purge(how, tags) {
		const { EDGE_CACHE } = env as TestEnv;
		const answer = await EDGE_CACHE.fetch("http://edge-cache/", {
			method: "POST",
			body: JSON.stringify({ how, tags }),
		});
		return answer.ok;
	},
});

const answer = createFetch(connect);
const app = createApp(connect);

/** The blog's Worker with a clock that the test sets by header, and purges that the test receives. */
export default {
	fetch(request: Request, env: TestEnv, ctx: ExecutionContext) {
		const header = request.headers.get("X-Test-Now");
		if (header !== null) time = Number(header);
		copies = Number(request.headers.get("X-Test-Copies") ?? copies);
		// What the page is now, whatever the isolate keeps of it and however far a replica is behind.
		if (request.headers.has("X-Test-Render")) return app.fetch(request, env, ctx);
		return answer(request, nearReplica(env), ctx);
	},
	scheduled: (_: unknown, env: TestEnv, ctx: ExecutionContext) =>
		runScheduled(connect(nearReplica(env), ctx)),
};

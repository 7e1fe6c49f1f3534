import type { ExecutionContext } from "@cloudflare/workers-types";
import { createApp, createFetch } from "../../src/app.tsx";
import type { Env } from "../../src/env.ts";
import { runScheduled } from "../../src/scheduled.ts";
import { type Services, servicesFrom } from "../../src/services.ts";

type TestEnv = Env & { EDGE_CACHE: { fetch(url: string, init: object): Promise<{ ok: boolean }> } };

let time = Date.now();
const now = () => time;

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
	fetch(request: Request, env: Env, ctx: ExecutionContext) {
		const header = request.headers.get("X-Test-Now");
		if (header !== null) time = Number(header);
		// What the page is now, whatever the isolate keeps of it.
		if (request.headers.has("X-Test-Render")) return app.fetch(request, env, ctx);
		return answer(request, env, ctx);
	},
	scheduled: (_: unknown, env: Env, ctx: ExecutionContext) => runScheduled(connect(env, ctx)),
};

/**
 * The main module of `npm start`. It runs the Worker that Cloudflare would get, and asks before each request whether the
 * content has changed: an edit then needs no other isolate, which takes a second to start.
 */
import type { ExecutionContext, Fetcher, ScheduledController } from "@cloudflare/workers-types";
import type { Env } from "../env.ts";
import blog from "../index.ts";
import type { WorkerContent } from "../posts/worker-content.ts";
import { clearPages } from "../web/http/page-cache.ts";
import { replaceContent } from "./local-content.ts";

/** `CONTENT` answers `/` with the content as JSON and an `ETag`, and other paths with the files that only the Worker reads. */
type LocalEnv = Env & { CONTENT: Fetcher };

/** One object for each version of the content, by which the blog caches its services. */
let current: { version: string; env: Env } | null = null;

async function currentEnv(env: LocalEnv): Promise<Env> {
	const response = await env.CONTENT.fetch("http://content/", {
		headers: { "If-None-Match": current?.version ?? "" },
	});
	if (response.status === 304 && current !== null) return current.env;
	replaceContent((await response.json()) as WorkerContent);
	clearPages();
	current = { version: response.headers.get("ETag") ?? "", env: { ...env, ASSETS: assetsOf(env) } };
	return current.env;
}

/** Returns the binding of the assets, of which those below `/_` change with the content. */
function assetsOf({ ASSETS, CONTENT }: LocalEnv): Fetcher {
	const fetch = (address: string) =>
		new URL(address).pathname.startsWith("/_") || ASSETS === undefined
			? CONTENT.fetch(address)
			: ASSETS.fetch(address);
	return { fetch } as Fetcher;
}

export default {
	fetch: async (request: Request, env: LocalEnv, context: ExecutionContext) =>
		blog.fetch(request, await currentEnv(env), context),
	scheduled: async (controller: ScheduledController, env: LocalEnv, context: ExecutionContext) =>
		blog.scheduled(controller, await currentEnv(env), context),
};

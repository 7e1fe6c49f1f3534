/**
 * The process of the local server, started by `server.ts`: esbuild bundles the Worker, and Miniflare runs it as `wrangler dev`
 * would, which takes a second longer to load, runs a second workerd, and begins both anew at each edit.
 */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { assetState } from "./asset-state.ts";
import { cacheCompiledModules } from "./compile-cache.ts";
import type { ServerEvent, ServerMessage } from "./server.ts";

// Otherwise this process would outlive the one that started it.
let stop = async () => {};
let isStopping = false;
process.once("disconnect", () => {
	isStopping = true;
	void stop().finally(() => process.exit(0));
});
const begun = once(process, "message");
// Only this user can read the files that the server creates.
process.umask(0o077);

cacheCompiledModules();
const [{ Miniflare, Response }, { bundleLocalWorker }, { workerOptions }] = await Promise.all([
	import("miniflare"),
	import("./local-worker.ts"),
	import("./server-options.ts"),
]);
const bundle = bundleLocalWorker();
stop = async () => (await bundle).dispose();

const [message]: ServerMessage[] = await begun;
if (message?.type === "serve") await serve(message).catch((error: unknown) => fail(reasonOf(error)));

function send(event: ServerEvent): void {
	if (process.connected) process.send?.(event);
}

function fail(message: string): never {
	send({ type: "failed", message });
	process.exit(1);
}

async function serve({ config, secrets, content }: Extract<ServerMessage, { type: "serve" }>): Promise<void> {
	const worker = await bundle;
	if (worker.script() === null) return send({ type: "build_failed" });
	const assets = join(config.outDir, "assets");
	let current = { content, version: 1 };
	let served = await assetState(assets);

	/** Answers the Worker: `/` is the content, everything else a file of the assets that only the Worker reads. */
	const answer = async (request: { url: string; headers: { get(name: string): string | null } }) => {
		const { pathname } = new URL(request.url);
		if (pathname !== "/") {
			const bytes = await readFile(join(assets, pathname)).catch(() => null);
			return bytes === null ? new Response(null, { status: 404 }) : new Response(bytes);
		}
		const tag = `"${current.version}"`;
		if (request.headers.get("If-None-Match") === tag) return new Response(null, { status: 304 });
		return new Response(current.content, { headers: { ETag: tag } });
	};

	const options = async () => await workerOptions({ config, secrets, script: worker.script() ?? "", answer });
	const miniflare = new Miniflare(await options());
	// Waits until workerd has exited, so that the port is free for the next start.
	stop = async () => void (await Promise.all([miniflare.dispose(), worker.dispose()]));
	await miniflare.ready;

	// Emulates the cron trigger, which retries notices and trains on decisions.
	const run = async () => void (await (await miniflare.getWorker()).scheduled({ cron: "* * * * *" }));
	setInterval(() => void run().catch(printFailure), config.cronSeconds * 1000);
	send({ type: "loaded" });

	let restarting = Promise.resolve();
	const restart = () => {
		restarting = restarting
			.then(async () => await miniflare.setOptions(await options()))
			.catch((error: unknown) => {
				if (!isStopping) fail(reasonOf(error));
			});
	};
	process.on("message", (next: ServerMessage) => {
		if (next.type !== "content") return;
		current = { content: next.content, version: current.version + 1 };
		void assetState(assets).then((state) => {
			if (state !== served) restart();
			served = state;
		});
	});
	await worker.watch(restart);
}

function printFailure(error: unknown): void {
	// Stopping and restarting interrupt a run of the cron jobs.
	if (isStopping) return;
	console.error(`The cron trigger failed: ${reasonOf(error)}`);
}

/** Returns the message of an error with those of its causes. */
function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return inspect(error);
	return error.cause instanceof Error ? `${error.message}: ${reasonOf(error.cause)}` : error.message;
}

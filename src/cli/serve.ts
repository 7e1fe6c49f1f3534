/**
 * The process of the local server, started by `server.ts`. It runs wrangler's bundler and workerd through the function
 * behind `wrangler dev`. The command itself does not fit: with a `[build]` in wrangler.toml it watches that build's inputs
 * and nothing the Worker imports, and mixes its own output with the Worker's.
 */
import { once } from "node:events";
import { createRequire } from "node:module";
import { inspect } from "node:util";
import { cacheCompiledModules } from "./compile-cache.ts";
import { projectRoot } from "./config.ts";
import type { ServerEvent, ServerOptions } from "./server.ts";
import { quietEnv } from "./wrangler.ts";

// Otherwise this process would outlive the one that started it.
let stop = async () => {};
let isStopping = false;
process.once("disconnect", () => {
	isStopping = true;
	void stop().finally(() => process.exit(0));
});
const received = once(process, "message");
// Only this user can read the files that the server creates.
process.umask(0o077);

// wrangler reads these at import; parts of it ignore the log level passed below.
cacheCompiledModules();
Object.assign(process.env, quietEnv, { WRANGLER_LOG: "error" });
// It is one large CommonJS file, which \`import\` would parse twice more to find its kind and its exports.
const wrangler: typeof import("wrangler") = createRequire(import.meta.url)("wrangler");

const [options]: ServerOptions[] = await received;
if (options !== undefined) await serve(options);

function send(event: ServerEvent): void {
	if (process.connected) process.send?.(event);
}

function fail(message: string): never {
	send({ type: "failed", message });
	process.exit(1);
}

async function serve({ config, secrets }: ServerOptions): Promise<void> {
	const server = await wrangler
		.unstable_startWorker({
			config: `${projectRoot}/wrangler.toml`,
			// The top level of wrangler.toml, even if CLOUDFLARE_ENV is set: migrations used it too.
			env: "",
			build: {
				alias: { "#content": `${config.outDir}/index.js` },
				custom: { command: "", watch: [] },
			},
			assets: `${config.outDir}/assets`,
			// Defaults, so that values in .dev.vars take precedence.
			defaultBindings: {
				...Object.fromEntries(
					Object.entries(secrets).map(([name, value]) => [name, { type: "secret_text", value }]),
				),
				// Mails are shown at /admin/outbox instead of being sent.
				DEVELOPMENT: { type: "plain_text", value: "1" },
				LOCAL_URL: { type: "plain_text", value: `http://localhost:${config.port}` },
			},
			sendMetrics: false,
			dev: {
				server: { hostname: "localhost", port: config.port, secure: false },
				persist: config.persistTo,
				inspector: false,
				remote: false,
				// Watches the generated files, and the engine's own source for development.
				watch: true,
				logLevel: "error",
				structuredLogsHandler: printWorkerOutput,
			},
		})
		.catch((error: unknown) => fail(reasonOf(error)));

	// Waits until workerd has exited, so that the port is free for the next start.
	stop = () => server.dispose();

	// Emulates the cron trigger, which retries notices and trains on decisions. The server's own `scheduled` does not
	// find the Worker; this URL does.
	setInterval(
		() => void server.fetch("http://localhost/cdn-cgi/local/scheduled").catch(printFailure),
		config.cronSeconds * 1000,
	);
	server.raw.on("reloadComplete", () => send({ type: "loaded" }));
	server.raw.on("buildFailed", () => send({ type: "build_failed" }));
	server.raw.on("error", (error: unknown) => fail(reasonOf(error)));
}

/** Prints what the Worker wrote with `console`, to stdout or stderr by level. */
function printWorkerOutput({ level, message }: { level: string; message: string }): void {
	if (level === "warn" || level === "error") console.error(message);
	else console.log(message);
}

function printFailure(error: unknown): void {
	// Stopping interrupts a run of the cron jobs.
	if (isStopping) return;
	console.error(`The cron trigger failed: ${reasonOf(error)}`);
}

/** Returns the message of an error, which wrangler wraps in events with a `reason` and in other errors. */
function reasonOf(error: unknown): string {
	if (typeof error !== "object" || error === null) return String(error);
	const message = "reason" in error ? error.reason : "message" in error ? error.message : inspect(error);
	return "cause" in error && error.cause instanceof Error
		? `${message}: ${reasonOf(error.cause)}`
		: String(message);
}

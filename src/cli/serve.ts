/**
 * The local server's own process, started by `server.ts`. It runs wrangler's bundler and workerd through the same
 * function as `wrangler dev`, which has to be called rather than run as a command: with a `[build]` in wrangler.toml the
 * command watches that build's inputs and nothing the Worker imports, and mixes its own talk with the Worker's output.
 */
import { once } from "node:events";
import { inspect } from "node:util";
import type { ServerEvent, ServerOrder } from "./server.ts";
import { projectRoot } from "./settings.ts";
import { quietly } from "./wrangler.ts";

// Nothing else keeps the process that started this one from leaving it behind.
let stop = async () => {};
process.once("disconnect", () => void stop().finally(() => process.exit(0)));
const ordered = once(process, "message");

// wrangler reads these when it is loaded; some of its parts never hear of the log level they are called with.
Object.assign(process.env, quietly, { WRANGLER_LOG: "error" });
const { unstable_startWorker } = await import("wrangler");

const [order]: ServerOrder[] = await ordered;
if (order !== undefined) await serve(order);

function tell(event: ServerEvent): void {
	if (process.connected) process.send?.(event);
}

function fail(message: string): never {
	tell({ type: "failed", message });
	process.exit(1);
}

async function serve({ settings, secrets }: ServerOrder): Promise<void> {
	const server = await unstable_startWorker({
		config: `${projectRoot}/wrangler.toml`,
		// The top of wrangler.toml, whatever CLOUDFLARE_ENV says: the migrations went there too.
		env: "",
		build: {
			alias: { "#content": `${settings.outDir}/index.js` },
			custom: { command: "", watch: [] },
		},
		assets: `${settings.outDir}/assets`,
		// Defaults, so that a value written in .dev.vars comes first.
		defaultBindings: {
			...Object.fromEntries(
				Object.entries(secrets).map(([name, value]) => [name, { type: "secret_text", value }]),
			),
			// Mails stay here, at /admin/outbox, instead of going out.
			DEVELOPMENT: { type: "plain_text", value: "1" },
			LOCAL_URL: { type: "plain_text", value: `http://localhost:${settings.port}` },
		},
		sendMetrics: false,
		dev: {
			server: { hostname: "localhost", port: settings.port, secure: false },
			persist: settings.persistTo,
			inspector: false,
			remote: false,
			// Of the generated files, and of the engine's own for those who work on it.
			watch: true,
			logLevel: "error",
			structuredLogsHandler: printWorkerOutput,
		},
	}).catch((error: unknown) => fail(reasonOf(error)));

	// Waits for workerd to be gone, so that the port is free for the next start.
	stop = () => server.dispose();

	// Nobody else is the cron trigger here: without it, what was to be told later would never be. The server's own
	// `scheduled` looks for the Worker where it is not; the address reaches it.
	setInterval(
		() => void server.fetch("http://localhost/cdn-cgi/local/scheduled").catch(printFailure),
		60_000,
	);
	server.raw.on("reloadComplete", () => tell({ type: "loaded" }));
	server.raw.on("buildFailed", () => tell({ type: "unbundled" }));
	server.raw.on("error", (error: unknown) => fail(reasonOf(error)));
}

/** What the Worker wrote with `console`, in the stream it was meant for. */
function printWorkerOutput({ level, message }: { level: string; message: string }): void {
	if (level === "warn" || level === "error") console.error(message);
	else console.log(message);
}

function printFailure(error: unknown): void {
	console.error(`What is done each minute failed: ${reasonOf(error)}`);
}

/** wrangler wraps errors in events with a `reason`, and errors in errors. */
function reasonOf(error: unknown): string {
	if (typeof error !== "object" || error === null) return String(error);
	const told = "reason" in error ? error.reason : "message" in error ? error.message : inspect(error);
	return "cause" in error && error.cause instanceof Error
		? `${told}: ${reasonOf(error.cause)}`
		: String(told);
}

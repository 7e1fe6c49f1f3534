import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { convertV4MiniflareOptions, type Request, type Response } from "miniflare";
import { parseWorkerSettings } from "../selfhost/settings.ts";
import { type Config, projectRoot } from "./config.ts";
import { databaseId } from "./local-database.ts";
import type { Secrets } from "./secrets.ts";
import { databaseFolder } from "./store.ts";

/** A Worker to run: its script, and the function behind its service binding `CONTENT`. */
export type LocalWorker = {
	config: Config;
	secrets: Secrets;
	script: string;
	answer: (request: Request) => Promise<Response>;
};

/** Returns Miniflare's options for a Worker, with the bindings of the top level of wrangler.toml. */
export async function workerOptions({ config, secrets, script, answer }: LocalWorker) {
	const toml = await readFile(join(projectRoot, "wrangler.toml"), "utf8");
	const { compatibilityDate, compatibilityFlags, assets, rateLimits, variables } = parseWorkerSettings(toml);
	const secretVariables = await readFile(join(projectRoot, ".dev.vars"), "utf8").catch(() => "");
	return convertV4MiniflareOptions({
		name: "edgecat",
		host: "localhost",
		port: config.port,
		cf: false,
		modules: [{ type: "ESModule", path: "worker.js", contents: script }],
		compatibilityDate,
		compatibilityFlags: [...compatibilityFlags],
		d1Databases: { DB: databaseId(toml) },
		resourcePersistencePath: join(config.persistTo, dirname(databaseFolder)),
		ratelimits: Object.fromEntries(
			rateLimits.map(({ name, limit, period }) => [
				name,
				{ namespace_id: name, simple: { limit, period: period === 10 ? 10 : 60 } },
			]),
		),
		assets: {
			directory: join(config.outDir, "assets"),
			binding: "ASSETS",
			run_worker_first: [...assets.run_worker_first],
			routerConfig: { has_user_worker: true },
			assetConfig: { html_handling: "none", compatibility_date: compatibilityDate },
		},
		bindings: {
			...variables,
			...secrets,
			// Mails are shown at /admin/outbox instead of being sent.
			DEVELOPMENT: "1",
			LOCAL_URL: `http://localhost:${config.port}`,
			...parseEnv(secretVariables),
		},
		serviceBindings: { CONTENT: answer },
		handleStructuredLogs: printWorkerOutput,
	});
}

/** Prints what the Worker wrote with `console`, to stdout or stderr by level. */
function printWorkerOutput({ level, message }: { level: string; message: string }): void {
	if (level === "warn" || level === "error") console.error(message);
	else console.log(message);
}

/** `npm start`: builds the content, migrates the local D1 and serves the blog until it is stopped. */
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import type { BuildResult } from "../build/build.ts";
import { formatReport } from "../build/report.ts";
import { command, parseArguments } from "./command.ts";
import { cacheCompiledModules } from "./compile-cache.ts";
import { type Config, readConfig } from "./config.ts";
import { migrateLocally } from "./migrate.ts";
import { localThreads, orphanWarnings } from "./orphans.ts";
import { checkPort } from "./port.ts";
import { terminalProgress } from "./progress.ts";
import { ensureSecrets } from "./secrets.ts";
import { loadServer, type Server } from "./server.ts";
import { lockStore, protectDatabases } from "./store.ts";

const description = {
	summary: "Builds the content, prepares the local database and serves the blog until it is stopped.",
	usage: ["npm start"],
	options: {},
	positionals: false,
	environment: ["CONTENT_DIR", "PERSIST_TO", "OUTPUT_DIR", "PORT"],
	example: "CONTENT_DIR=../my-blog PORT=8080 npm start",
} as const;

const stop = new AbortController();
// The handlers stay, so that a second Ctrl-C does not interrupt the shutdown.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
const stopped = once(stop.signal, "abort").then(() => null);
process.exit(
	await command(
		description,
		(args) => parseArguments(description, args),
		() =>
			start().catch(async (error: unknown) => {
				if (await isStopping()) return 0 as const;
				throw error;
			}),
	),
);

/** Runs the blog; resolves to the exit code when it has stopped. */
async function start(): Promise<0 | 1> {
	const loaded = readConfig(process.env);
	if (!loaded.ok) return fail(loaded.problems);
	const { config } = loaded;
	const portProblem = await checkPort(config.port);
	if (portProblem !== null) return fail([portProblem]);

	if (!(await lockStore(config.persistTo))) {
		return fail([
			`Another npm start uses the database in ${config.persistTo}. Stop that, or choose another folder: PERSIST_TO=other npm start`,
		]);
	}

	const server = loadServer();
	try {
		return await buildAndServe(server, config);
	} finally {
		await server.stop();
	}
}

async function buildAndServe(server: Server, config: Config): Promise<0 | 1> {
	console.log("Building content and preparing the database…");
	cacheCompiledModules();
	const { buildContent } = await import("../build/build.ts");
	const { createContentCache } = await import("../build/content.ts");
	const cache = createContentCache();
	// Ctrl-C also ends esbuild and wrangler: a build may then never finish, or either may fail before the signal arrives here.
	const { show: progress, end } = terminalProgress();
	const built = await Promise.race([buildContent({ ...config, cache, progress }), stopped]);
	end();
	if (built === null || (!built.ok && (await isStopping()))) return 0;
	printProblems(built);
	if (!built.ok) return fail(["The blog was not started. Fix the content, then run npm start again."]);

	const secrets = await ensureSecrets(config.persistTo);
	// Only this user can read the files of the database.
	process.umask(0o077);
	const migrationError = await migrateLocally(config.persistTo);
	if (stop.signal.aborted) return 0;
	if (migrationError !== null) {
		return fail([
			migrationError,
			`The database in ${config.persistTo} could not be migrated; see the error above.`,
		]);
	}
	await protectDatabases(config.persistTo);
	for (const warning of orphanWarnings(await localThreads(config.persistTo), built.ids))
		console.error(warning);

	console.log(`${summary(built)}. Starting the server…`);
	const startError = await Promise.race([server.serve(config, secrets, built.content()), stopped]);
	if (stop.signal.aborted) return 0;
	if (startError !== null) return fail([`The server did not start: ${startError}`]);

	console.log(`edgecat is running at http://localhost:${config.port}`);
	const { watchContent } = await import("../build/watch.ts");
	const watcher = watchContent({ ...config, cache, onBuild: (result) => void show(result, server) });
	const endReason = await Promise.race([server.ended, stopped]);
	watcher.close();
	if (stop.signal.aborted) return 0;
	return fail([`The server stopped: ${endReason}`, "Run npm start again."]);
}

async function show(result: BuildResult, server: Server): Promise<void> {
	if (result.ok) server.replace(result.content());
	if (!result.ok && (await isStopping())) return;
	printProblems(result);
	if (!result.ok) return console.error("The last good build stays online until this is fixed.");
	console.log(`Rebuilt: ${summary(result)}.`);
}

/** Waits briefly for a signal sent to the whole process group, and returns whether one has arrived. */
async function isStopping(): Promise<boolean> {
	await setTimeout(50);
	return stop.signal.aborted;
}

function fail(sentences: readonly string[]): 1 {
	for (const sentence of sentences) console.error(sentence);
	return 1;
}

function printProblems(result: BuildResult): void {
	for (const problem of formatReport(result, 0).problems) console.error(problem);
}

function summary({ posts, pages }: Extract<BuildResult, { ok: true }>): string {
	return `${count(posts, "post")}, ${count(pages, "page")}`;
}

function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

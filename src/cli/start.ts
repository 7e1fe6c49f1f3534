/** `npm start`: builds the content, prepares the local D1 and serves the blog until it is asked to stop. */
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { type BuildResult, buildContent } from "../publish/build.ts";
import { type ContentCache, createContentCache } from "../publish/content.ts";
import { reportOf } from "../publish/report.ts";
import { watchContent } from "../publish/watch.ts";
import { migrateLocally } from "./migrate.ts";
import { whyPortIsTaken } from "./port.ts";
import { sayRefusal } from "./refusals.ts";
import { keepSecrets } from "./secrets.ts";
import { type Server, startServer } from "./server.ts";
import { readSettings, type Settings } from "./settings.ts";

const stop = new AbortController();
// The handlers stay: a second Ctrl-C while the server is ending must not cut that short.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
const stopped = once(stop.signal, "abort").then(() => null);
process.exit(await start().catch(async (error: unknown) => ((await isStopping()) ? 0 : sayRefusal(error))));

/** Resolves to the exit code when the blog has stopped. */
async function start(): Promise<0 | 1> {
	const read = readSettings(process.env);
	if (!read.ok) return fail(read.problems);
	const { settings } = read;
	const taken = await whyPortIsTaken(settings.port);
	if (taken !== null) return fail([taken]);

	console.log("Reading the posts, preparing the database…");
	const secrets = await keepSecrets(settings.persistTo);
	const cache = createContentCache();
	const preparing = Promise.all([
		buildContent({ ...settings, cache }),
		migrateLocally(settings.persistTo, stop.signal),
	]);
	// Ctrl-C ends esbuild and wrangler as well: a build may then never end, or either fail before it is heard of here.
	const prepared = await Promise.race([preparing, stopped]);
	if (prepared === null) return 0;
	const [built, unmigrated] = prepared;
	if ((!built.ok || unmigrated !== null) && (await isStopping())) return 0;
	printProblems(built);
	if (!built.ok) return fail(["The blog was not started: correct the content, then run npm start again."]);
	if (unmigrated !== null) {
		return fail([
			unmigrated,
			`The database in ${settings.persistTo} could not be migrated, for the reason above.`,
		]);
	}

	console.log(`${contents(built)}. Starting the server…`);
	const server = startServer(settings, secrets);
	try {
		return await serve(server, settings, cache);
	} finally {
		await server.stop();
	}
}

async function serve(server: Server, settings: Settings, cache: ContentCache): Promise<0 | 1> {
	const whyNot = await Promise.race([server.ready, stopped]);
	if (stop.signal.aborted) return 0;
	if (whyNot !== null) return fail([`The server did not start: ${whyNot}`]);

	console.log(`edgecat is on http://localhost:${settings.port}`);
	const watcher = watchContent({ ...settings, cache, onBuild: (result) => void show(result) });
	const whyEnded = await Promise.race([server.ended, stopped]);
	watcher.close();
	if (stop.signal.aborted) return 0;
	return fail([`The server stopped: ${whyEnded}`, "Run npm start again."]);
}

async function show(result: BuildResult): Promise<void> {
	if (!result.ok && (await isStopping())) return;
	printProblems(result);
	if (!result.ok) return console.error("The site stays as it was until this is corrected.");
	console.log(`Rebuilt: ${contents(result)}.`);
}

/** Gives a signal that was sent to the whole process group time to be heard of here. */
async function isStopping(): Promise<boolean> {
	await setTimeout(50);
	return stop.signal.aborted;
}

function fail(sentences: readonly string[]): 1 {
	for (const sentence of sentences) console.error(sentence);
	return 1;
}

function printProblems(result: BuildResult): void {
	for (const problem of reportOf(result, 0).problems) console.error(problem);
}

function contents({ posts, pages }: Extract<BuildResult, { ok: true }>): string {
	return `${count(posts, "post")}, ${count(pages, "page")}`;
}

function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

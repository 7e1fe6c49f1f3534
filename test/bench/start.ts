import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { descendantsOf, freePort } from "../support/server.ts";
import { writeBlog } from "./content.ts";
import { cpuMilliseconds, median } from "./measure.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

/** The time from a command to its first page, by the clock and on processors, in milliseconds. */
type Start = { clock: number; cpu: number };

const rounds = 10;
const projectRoot = join(import.meta.dirname, "../..");
const wrangler = join(projectRoot, "node_modules/wrangler/bin/wrangler.js");

/** Measures `npm start` to its first page beside `wrangler dev` with an empty Worker, and an edit among 2,000 posts. */
export async function start(folder: string, add: Add): Promise<void> {
	const empty = join(folder, "empty");
	mkdirSync(empty, { recursive: true });
	writeFileSync(
		join(empty, "wrangler.toml"),
		'name = "empty"\nmain = "i.js"\ncompatibility_date = "2026-11-01"\n',
	);
	writeFileSync(join(empty, "i.js"), 'export default { fetch: () => new Response("empty") };\n');
	const state = join(folder, "start-state");
	const runs: Record<"first" | "warm" | "dev", Start[]> = { first: [], warm: [], dev: [] };
	for (let round = 0; round < rounds; round++) {
		rmSync(state, { recursive: true, force: true });
		runs.first.push(await firstPage((port) => npmStart(state, port)));
		runs.warm.push(await firstPage((port) => npmStart(state, port)));
		runs.dev.push(await firstPage((port) => run([wrangler, "dev", "--port", String(port)], empty, {})));
	}
	const dev = middle(runs.dev);
	for (const [what, own, most] of [
		["the first time", middle(runs.first), 6000],
		["with a database", middle(runs.warm), 4000],
	] as const) {
		add(
			`\`npm start\` to the first page, ${what}: clock, to \`wrangler dev\` with an empty Worker`,
			`${seconds(own.clock)} / ${seconds(dev.clock)} = ${(own.clock / dev.clock).toFixed(2)}`,
			`at most ${most / 1000} s`,
			own.clock <= most,
		);
		add(
			`\`npm start\` to the first page, ${what}: CPU, to the same`,
			`${seconds(own.cpu)} / ${seconds(dev.cpu)} = ${(own.cpu / dev.cpu).toFixed(2)}`,
			"",
			null,
		);
	}
	const shown = await editsShown(folder);
	add(
		"An edit among 2,000 posts until its page shows it",
		`${shown.toFixed(0)} ms`,
		"at most 1,000 ms",
		shown <= 1000,
	);
}

async function editsShown(folder: string): Promise<number> {
	const content = join(folder, "start-content");
	writeBlog(content, 2000);
	const port = await freePort();
	const child = npmStart(join(folder, "start-2000"), port, content);
	await answered(`http://localhost:${port}/`);
	const post = join(content, "posts/p7.md");
	const written = readFileSync(post, "utf8");
	const times: number[] = [];
	for (let round = 0; round <= rounds; round++) {
		// The watcher begins after the first page.
		await setTimeout(1000);
		const begun = performance.now();
		writeFileSync(post, `${written}\nEdited ${round}x.\n`);
		while (!(await textOf(`http://localhost:${port}/2000/01/08/p7/`)).includes(`Edited ${round}x.`))
			await setTimeout(20);
		if (round > 0) times.push(performance.now() - begun);
	}
	await stop(child);
	return median(times);
}

function npmStart(state: string, port: number, content = join(projectRoot, "content")): ChildProcess {
	return run(["src/cli/start.ts"], projectRoot, {
		CONTENT_DIR: content,
		PERSIST_TO: state,
		PORT: String(port),
	});
}

function run(args: readonly string[], cwd: string, env: Record<string, string>): ChildProcess {
	return spawn(process.execPath, args, {
		cwd,
		env: { ...process.env, WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false", ...env },
		stdio: "ignore",
	});
}

async function firstPage(start: (port: number) => ChildProcess): Promise<Start> {
	const port = await freePort();
	const begun = performance.now();
	const child = start(port);
	await answered(`http://localhost:${port}/`);
	const clock = performance.now() - begun;
	const pids = [child.pid ?? 0, ...descendantsOf(child.pid ?? 0).map(({ pid }) => pid)];
	const cpu = pids.reduce((sum, pid) => sum + cpuMilliseconds(pid), 0);
	await stop(child);
	return { clock, cpu };
}

async function answered(address: string): Promise<void> {
	while ((await textOf(address)) === "") await setTimeout(20);
}

async function textOf(address: string): Promise<string> {
	const response = await fetch(address).catch(() => null);
	return response?.ok ? response.text() : "";
}

async function stop(child: ChildProcess): Promise<void> {
	const ended = once(child, "exit");
	child.kill("SIGINT");
	await ended;
}

function middle(runs: readonly Start[]): Start {
	return { clock: median(runs.map(({ clock }) => clock)), cpu: median(runs.map(({ cpu }) => cpu)) };
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

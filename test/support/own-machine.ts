import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { buildContent } from "../../src/build/build.ts";
import { formatProblem } from "../../src/build/problems.ts";
import { buildFolder } from "../../src/selfhost/build.ts";
import { parseWorkerSettings, type WorkerSettings } from "../../src/selfhost/settings.ts";
import { bundleWorker } from "./bundle.ts";
import { freePort, type Server } from "./server.ts";

const root = new URL("../..", import.meta.url).pathname;

/** Builds content files into a folder that runs them, as `npm run selfhost -- build` does. */
export async function buildOwnMachine(
	folder: string,
	files: Readonly<Record<string, string>>,
): Promise<void> {
	const work = await mkdtemp(join(tmpdir(), "edgecat-own-machine-"));
	try {
		const contentDir = join(work, "content");
		for (const [path, text] of Object.entries(files)) {
			await mkdir(dirname(join(contentDir, path)), { recursive: true });
			await writeFile(join(contentDir, path), text);
		}
		const outDir = join(work, "out");
		const built = await buildContent({ contentDir, outDir });
		if (!built.ok) throw new Error(built.problems.map(formatProblem).join("\n"));
		const { script, texts } = await bundleWorker("src/index.ts", outDir);
		// As the command makes it, only this user can open it.
		const workerDir = await mkdtemp(join(work, "worker-"));
		await writeFile(join(workerDir, "index.js"), script);
		for (const { name, text } of texts) await writeFile(join(workerDir, name), text);
		await buildFolder(folder, {
			root,
			workerDir,
			mainModule: "index.js",
			settings: await workerSettings(),
			assetsDir: join(outDir, "assets"),
			site: { url: "https://cats.example", author: "Mika" },
			now: Date.now(),
		});
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}

/** Returns the settings in wrangler.toml. */
export async function workerSettings(): Promise<WorkerSettings> {
	return parseWorkerSettings(await readFile(join(root, "wrangler.toml"), "utf8"));
}

/** A blog that its folder runs on a free port. */
export type OwnMachine = Server & {
	/** Everything that `start` and workerd have printed. */
	output(): string;
	/** Kills it at once, for when this process ends. */
	kill(): void;
};

/** Vitest kills its processes, so that they end without a chance to end others. */
export const dieWithParent = ["--pdeathsig", "KILL", "--"];

/** Another machine, on which a folder is started. */
export type OtherMachine = {
	/** The command, with its arguments, that runs another on the machine. */
	enter: readonly string[];
	/** The port of the blog there, and its address here. */
	port: number;
	origin: string;
};

/** Runs a folder's `start` from elsewhere, with no environment but these variables: no Node is on its path. */
export async function startOwnMachine(
	folder: string,
	env: Record<string, string> = {},
	onLine: (line: string) => void = () => {},
	other?: OtherMachine,
): Promise<OwnMachine> {
	const port = other?.port ?? (await freePort());
	const origin = other?.origin ?? `http://127.0.0.1:${port}`;
	const args = [...dieWithParent, ...(other?.enter ?? []), join(folder, "start")];
	let output = "";
	let child = await start();

	async function start(): Promise<ChildProcess> {
		const started = spawn("setpriv", args, {
			cwd: "/",
			env: { PATH: "/usr/bin:/bin", PORT: String(port), ...env },
			stdio: ["ignore", "pipe", "pipe"],
		});
		for (const stream of [started.stdout, started.stderr]) {
			stream.on("data", (chunk: Buffer) => {
				output += chunk;
			});
			createInterface(stream).on("line", onLine);
		}
		let ended = false;
		started.on("exit", () => {
			ended = true;
		});
		while (!(await isUp(origin))) {
			if (ended) throw new Error(`start ended:\n${output}`);
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		return started;
	}

	async function end(signal: NodeJS.Signals): Promise<void> {
		const ended = new Promise((resolve) => child.once("exit", resolve));
		child.kill(signal);
		await ended;
	}

	return {
		origin,
		output: () => output,
		kill: () => child.kill("SIGKILL"),
		crash: () => end("SIGKILL"),
		async start() {
			child = await start();
		},
		async restart() {
			await end("SIGTERM");
			child = await start();
		},
		stop: () => end("SIGTERM"),
	};
}

/**
 * Gives the cron trigger of a folder, which is not running yet, workerd's own clock for tests. Returns the function that puts
 * the clock just before its next full minute, at which the trigger runs.
 */
export async function addCronClock(folder: string): Promise<() => Promise<void>> {
	const file = join(folder, "config.capnp");
	const address = `127.0.0.1:${await freePort()}`;
	const config = await readFile(file, "utf8");
	const changed = config
		.replace("sockets = [", `$& (name = "clock", address = "${address}", http = (), service = "cron"),`)
		.replace(/\(\s+name = "SCHEDULE"/, '(name = "TEST_CLOCK", json = "true"), $&');
	await writeFile(file, changed);
	const advance = async (milliseconds: number) => {
		const answer = await fetch(`http://${address}/clock?advance=${milliseconds}`, { method: "POST" });
		if (!answer.ok) throw new Error(`The clock answered ${answer.status}; ${file} may have another form.`);
		return ((await answer.json()) as { now: number }).now;
	};
	return async () => {
		const rest = 60_000 - ((await advance(0)) % 60_000);
		await advance(rest > 500 ? rest - 500 : rest + 59_500);
	};
}

/** Whether a blog answers, if only with an error; `start` has prepared the database before the port is open. */
const isUp = (origin: string) =>
	fetch(`${origin}/healthz`).then(
		async (response) => {
			await response.arrayBuffer();
			return true;
		},
		() => false,
	);

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { projectRoot } from "./settings.ts";

/** How a run of wrangler ended; the texts are empty when it wrote to the terminal itself. */
export type Ran = { ok: boolean; stdout: string; stderr: string };

/** Runs wrangler with these arguments; `shown` lets it write to the terminal, otherwise its output comes back. */
export type RunWrangler = (
	args: readonly string[],
	options?: { shown?: boolean; env?: Readonly<Record<string, string>>; signal?: AbortSignal },
) => Promise<Ran>;

/** Keeps wrangler to the task: no banner, update notice, log file, metrics, or fetch of a sample `Request.cf`. */
export const quietly = {
	WRANGLER_HIDE_BANNER: "true",
	WRANGLER_WRITE_LOGS: "false",
	WRANGLER_SEND_METRICS: "false",
	CLOUDFLARE_CF_FETCH_ENABLED: "false",
} as const;

const script = fileURLToPath(new URL("./bin/wrangler.js", import.meta.resolve("wrangler/package.json")));

/**
 * Runs the project's own wrangler. It never gets a terminal to ask questions on: its answers are then the same
 * everywhere, and it does not write a database id into wrangler.toml, which would move the local D1 as well.
 */
export const runWrangler: RunWrangler = (args, { shown = false, env = {}, signal } = {}) =>
	new Promise((resolve, reject) => {
		const output = shown ? "inherit" : "pipe";
		const child = spawn(process.execPath, [script, ...args], {
			cwd: projectRoot,
			env: { ...process.env, ...quietly, ...env },
			stdio: ["ignore", output, output],
			...(signal === undefined ? {} : { signal }),
		});
		const said = { stdout: "", stderr: "" };
		for (const stream of ["stdout", "stderr"] as const) {
			child[stream]?.setEncoding("utf8").on("data", (text: string) => {
				said[stream] += text;
			});
		}
		child.once("error", (error) => {
			if (error.name === "AbortError") resolve({ ok: false, stdout: "", stderr: "" });
			else reject(new Error(`wrangler ${args[0] ?? ""} could not be run.`, { cause: error }));
		});
		child.once("close", (code) => {
			resolve({ ok: code === 0, stdout: plain(said.stdout), stderr: plain(said.stderr) });
		});
	});

/** Points a command at generated files that need not lie where wrangler.toml says. */
export function generatedIn(outDir: string): string[] {
	return ["--assets", `${outDir}/assets`, "--alias", `#content:${outDir}/index.js`];
}

function plain(text: string): string {
	return stripVTControlCharacters(text).trim();
}

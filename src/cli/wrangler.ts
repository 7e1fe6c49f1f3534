import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { projectRoot } from "./config.ts";

/** The result of running wrangler; output is empty if it was written to the terminal. */
export type RunResult = { ok: boolean; stdout: string; stderr: string };

/** Runs wrangler; with `inherit` it writes to the terminal, otherwise its output is returned. */
export type RunWrangler = (
	args: readonly string[],
	options?: { inherit?: boolean; env?: Readonly<Record<string, string>>; signal?: AbortSignal },
) => Promise<RunResult>;

/** Environment that turns off wrangler's banner, update notice, log file, metrics and fetch of a sample `Request.cf`. */
export const quietEnv = {
	WRANGLER_HIDE_BANNER: "true",
	WRANGLER_WRITE_LOGS: "false",
	WRANGLER_SEND_METRICS: "false",
	CLOUDFLARE_CF_FETCH_ENABLED: "false",
} as const;

const script = fileURLToPath(new URL("./bin/wrangler.js", import.meta.resolve("wrangler/package.json")));

/**
 * Runs the project's own wrangler without a terminal for prompts: it then behaves the same everywhere, and does not write
 * a database id into wrangler.toml, which would move the local D1 as well.
 */
export const runWrangler: RunWrangler = (args, { inherit = false, env = {}, signal } = {}) =>
	new Promise((resolve, reject) => {
		const output = inherit ? "inherit" : "pipe";
		const child = spawn(process.execPath, [script, ...args], {
			cwd: projectRoot,
			env: { ...process.env, ...quietEnv, ...env },
			stdio: ["ignore", output, output],
			...(signal === undefined ? {} : { signal }),
		});
		const written = { stdout: "", stderr: "" };
		for (const stream of ["stdout", "stderr"] as const) {
			child[stream]?.setEncoding("utf8").on("data", (text: string) => {
				written[stream] += text;
			});
		}
		child.once("error", (error) => {
			if (error.name === "AbortError") resolve({ ok: false, stdout: "", stderr: "" });
			else reject(new Error(`wrangler ${args[0] ?? ""} could not be run.`, { cause: error }));
		});
		child.once("close", (code) => {
			resolve({ ok: code === 0, stdout: plain(written.stdout), stderr: plain(written.stderr) });
		});
	});

/** Returns the flags for generated files in a folder other than that in wrangler.toml. */
export function generatedFlags(outDir: string): string[] {
	return ["--assets", `${outDir}/assets`, "--alias", `#content:${outDir}/index.js`];
}

function plain(text: string): string {
	return stripVTControlCharacters(text).trim();
}

import { spawn } from "node:child_process";
import { projectRoot } from "../../src/cli/config.ts";

/** A command running as a child process in its own process group, as in a terminal. */
export type Command = {
	stdout(): string;
	stderr(): string;
	/** Resolves when the output matches; rejects when the command ends, or a minute passes, without that. */
	waitFor(pattern: RegExp): Promise<void>;
	/** Sends a signal to the whole group, as Ctrl-C in a terminal does. */
	signal(name: NodeJS.Signals): void;
	/** Stops a running command, for cleanup after a failed test. */
	stop(): Promise<void>;
	/** The exit code, or the signal that ended it. */
	ended: Promise<number | NodeJS.Signals | null>;
};

/** Starts `node src/cli/NAME.ts` with a bare environment and these variables. */
export function startCommand(
	name: string,
	args: readonly string[],
	env: Readonly<Record<string, string>>,
): Command {
	const child = spawn(process.execPath, [`src/cli/${name}.ts`, ...args], {
		cwd: projectRoot,
		env: { ...inherited(), ...env },
		stdio: ["ignore", "pipe", "pipe"],
		detached: true,
	});
	const output = { stdout: "", stderr: "" };
	const listeners = new Set<() => void>();
	for (const stream of ["stdout", "stderr"] as const) {
		child[stream].setEncoding("utf8").on("data", (text: string) => {
			output[stream] += text;
			for (const listener of listeners) listener();
		});
	}
	const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
		child.once("close", (code, signal) => resolve(code ?? signal));
	});
	let running = true;
	void ended.then(() => {
		running = false;
	});
	const signal = (name: NodeJS.Signals) => {
		if (running && child.pid !== undefined) process.kill(-child.pid, name);
	};
	return {
		signal,
		ended,
		async stop() {
			signal("SIGTERM");
			await ended;
		},
		stdout: () => output.stdout,
		stderr: () => output.stderr,
		waitFor: (pattern) =>
			new Promise((resolve, reject) => {
				const stop = (reason: string) => {
					listeners.delete(check);
					reject(
						new Error(`${reason} without printing ${pattern}; it printed:\n${output.stdout}${output.stderr}`),
					);
				};
				const deadline = setTimeout(stop, 60_000, "a minute passed");
				const check = () => {
					if (!pattern.test(output.stdout + output.stderr)) return;
					listeners.delete(check);
					clearTimeout(deadline);
					resolve();
				};
				listeners.add(check);
				check();
				void ended.then(() => stop("it ended"));
			}),
	};
}

function inherited() {
	const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
	return { PATH, HOME, NODE_COMPILE_CACHE };
}

/** Runs a command until it exits. */
export async function runCommand(
	name: string,
	args: readonly string[],
	env: Readonly<Record<string, string>>,
) {
	const command = startCommand(name, args, env);
	return { code: await command.ended, stdout: command.stdout(), stderr: command.stderr() };
}

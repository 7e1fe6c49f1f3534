import { spawn } from "node:child_process";
import { projectRoot } from "../../src/cli/settings.ts";

/** A command of the project running as a child process, the leader of its own group as in a terminal. */
export type Command = {
	stdout(): string;
	stderr(): string;
	/** Resolves when the output matches; rejects when the command ends, or a minute passes, without that. */
	says(pattern: RegExp): Promise<void>;
	/** Sends a signal to the whole group, as Ctrl-C in a terminal does. */
	signal(name: NodeJS.Signals): void;
	/** Ends what is still running, for the sake of the tests that come after one that failed. */
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
		env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
		stdio: ["ignore", "pipe", "pipe"],
		detached: true,
	});
	const said = { stdout: "", stderr: "" };
	const heard = new Set<() => void>();
	for (const stream of ["stdout", "stderr"] as const) {
		child[stream].setEncoding("utf8").on("data", (text: string) => {
			said[stream] += text;
			for (const hear of heard) hear();
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
		stdout: () => said.stdout,
		stderr: () => said.stderr,
		says: (pattern) =>
			new Promise((resolve, reject) => {
				const stop = (why: string) => {
					heard.delete(look);
					reject(new Error(`${why} without saying ${pattern}; it said:\n${said.stdout}${said.stderr}`));
				};
				const deadline = setTimeout(stop, 60_000, "a minute passed");
				const look = () => {
					if (!pattern.test(said.stdout + said.stderr)) return;
					heard.delete(look);
					clearTimeout(deadline);
					resolve();
				};
				heard.add(look);
				look();
				void ended.then(() => stop("it ended"));
			}),
	};
}

/** Runs a command to its end. */
export async function runCommand(
	name: string,
	args: readonly string[],
	env: Readonly<Record<string, string>>,
) {
	const command = startCommand(name, args, env);
	return { code: await command.ended, stdout: command.stdout(), stderr: command.stderr() };
}

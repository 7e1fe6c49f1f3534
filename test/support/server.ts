import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";

export type Server = {
	origin: string;
	restart(): Promise<void>;
	/** Kills workerd and all that runs it without a chance to finish anything, as a power cut would. */
	crash(): Promise<void>;
	/** Starts again after a crash. */
	start(): Promise<void>;
	stop(): Promise<void>;
};

const root = new URL("../..", import.meta.url).pathname;

/** Runs `npm start`'s own command on a free port, with its database in `folder`. */
export async function startServer(folder: string, env: Record<string, string> = {}): Promise<Server> {
	const port = await freePort();
	let child = await start();

	async function start(): Promise<ChildProcess> {
		const started = spawn(process.execPath, ["src/cli/start.ts"], {
			cwd: root,
			env: {
				...process.env,
				PORT: String(port),
				PERSIST_TO: join(folder, "state"),
				OUTPUT_DIR: join(folder, "content"),
				...env,
			},
			stdio: ["ignore", "pipe", "pipe"],
		});
		let output = "";
		await new Promise<void>((resolve, reject) => {
			const read = (chunk: Buffer) => {
				output += chunk;
				if (output.includes(`http://localhost:${port}`)) resolve();
			};
			started.stdout.on("data", read);
			started.stderr.on("data", read);
			started.on("exit", (code) => reject(new Error(`npm start ended with ${code}:\n${output}`)));
		});
		return started;
	}

	async function stop(): Promise<void> {
		const ended = new Promise((resolve) => child.once("exit", resolve));
		child.kill("SIGINT");
		await ended;
	}

	return {
		origin: `http://localhost:${port}`,
		async crash() {
			const ended = new Promise((resolve) => child.once("exit", resolve));
			const tree = descendantsOf(child.pid ?? 0);
			const workerd = tree.filter(({ command }) => command.includes("workerd"));
			if (workerd.length === 0) throw new Error("no workerd is running under npm start");
			for (const { pid } of [...workerd, ...tree]) kill(pid);
			child.kill("SIGKILL");
			await ended;
		},
		async start() {
			child = await start();
		},
		async restart() {
			await stop();
			child = await start();
		},
		stop,
	};
}

/** The processes a process has started, and those they have. */
export function descendantsOf(root: number): { pid: number; command: string }[] {
	const all = execFileSync("ps", ["-eo", "pid=,ppid=,comm="], { encoding: "utf8" })
		.trim()
		.split("\n")
		.map((line) => line.trim().split(/\s+/))
		.map(([pid, parent, ...command]) => ({
			pid: Number(pid),
			parent: Number(parent),
			command: command.join(" "),
		}));
	const below = (parent: number): typeof all =>
		all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)]);
	return below(root);
}

function kill(pid: number): void {
	try {
		process.kill(pid, "SIGKILL");
	} catch {
		// It went with the one that was killed before it.
	}
}

export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on("error", reject);
		server.listen(0, "localhost", () => {
			const address = server.address();
			server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
		});
	});
}

import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";

export type Server = { origin: string; restart(): Promise<void>; stop(): Promise<void> };

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
		async restart() {
			await stop();
			child = await start();
		},
		stop,
	};
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on("error", reject);
		server.listen(0, "localhost", () => {
			const address = server.address();
			server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
		});
	});
}

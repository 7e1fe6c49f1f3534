import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { WorkerContent } from "../posts/worker-content.ts";
import { type Config, projectRoot } from "./config.ts";
import type { Secrets } from "./secrets.ts";

/** The messages to the server process. The content is JSON, which the Worker receives as it is. */
export type ServerMessage =
	| { type: "serve"; config: Config; secrets: Secrets; content: string }
	| { type: "content"; content: string };

/** The events of the server process: the Worker is loaded, could not be bundled, or the server has failed. */
export type ServerEvent = { type: "loaded" } | { type: "build_failed" } | { type: "failed"; message: string };

/** A local server, loading, starting or running. */
export type Server = {
	/** Serves a blog; resolves to null when `/healthz` responds, or to an error message when it will not. */
	serve(config: Config, secrets: Secrets, content: WorkerContent): Promise<string | null>;
	/** Replaces the content, which the next request shows. */
	replace(content: WorkerContent): void;
	/** Resolves to the reason when the server has ended. */
	ended: Promise<string>;
	/** Stops the server and all its child processes. */
	stop(): Promise<void>;
};

/**
 * Starts the process of the local server, which loads Miniflare and bundles the Worker while the content is built.
 * It has its own process group, so that Ctrl-C in a terminal reaches only the parent process and workerd is stopped in
 * order. The server stops by itself when the parent process is gone.
 */
export function loadServer(): Server {
	const child = fork(fileURLToPath(new URL("serve.ts", import.meta.url)), [], {
		cwd: projectRoot,
		detached: true,
		stdio: ["ignore", "inherit", "inherit", "ipc"],
	});
	const ended = endReason(child);
	let isServing = false;
	return {
		serve(config, secrets, content) {
			isServing = true;
			send(child, { type: "serve", config, secrets, content: JSON.stringify(content) });
			return Promise.race([startError(child, config.port), ended]);
		},
		replace: (content) => send(child, { type: "content", content: JSON.stringify(content) }),
		ended,
		async stop() {
			if (!isServing) killGroup(child);
			else if (child.connected) child.disconnect();
			const timer = setTimeout(killGroup, 5000, child);
			await ended;
			clearTimeout(timer);
			killGroup(child);
		},
	};
}

function send(child: ChildProcess, message: ServerMessage): void {
	if (child.connected) child.send(message);
}

async function endReason(child: ChildProcess): Promise<string> {
	let failure: string | undefined;
	child.on("message", (event: ServerEvent) => {
		if (event.type === "failed") failure = event.message;
	});
	const [code, signal] = await once(child, "exit");
	return failure ?? `its process ended with ${signal ?? `exit code ${code}`}.`;
}

async function startError(child: ChildProcess, port: number): Promise<string | null> {
	const event = await nextEvent(child);
	if (event.type === "failed") return event.message;
	if (event.type === "build_failed") return "the Worker could not be bundled; see the error above.";
	try {
		const response = await fetch(`http://localhost:${port}/healthz`, { signal: AbortSignal.timeout(30_000) });
		return response.ok ? null : `/healthz responded ${response.status}: ${await response.text()}`;
	} catch (error) {
		return `/healthz does not respond: ${error instanceof Error ? error.message : error}`;
	}
}

async function nextEvent(child: ChildProcess): Promise<ServerEvent> {
	const [event] = await once(child, "message");
	return event;
}

/** Kills processes left in the group if the server could not stop its children. */
function killGroup({ pid }: ChildProcess): void {
	try {
		if (pid !== undefined) process.kill(-pid, "SIGKILL");
	} catch {
		// ESRCH: the group is empty, as expected.
	}
}

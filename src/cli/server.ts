import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Secrets } from "./secrets.ts";
import { projectRoot, type Settings } from "./settings.ts";

/** What the server's process is asked to serve. */
export type ServerOrder = { settings: Settings; secrets: Secrets };

/** What the server's process tells: the Worker is loaded, could not be bundled, or the server cannot go on. */
export type ServerEvent = { type: "loaded" } | { type: "unbundled" } | { type: "failed"; message: string };

/** A local server, starting or running. */
export type Server = {
	/** Resolves when `/healthz` answers, to null, or when it is clear that it will not, to the reason. */
	ready: Promise<string | null>;
	/** Resolves when the server has ended, to the reason. */
	ended: Promise<string>;
	/** Ends the server and everything it started. */
	stop(): Promise<void>;
};

/**
 * Starts the local server in a process group of its own, so that Ctrl-C in a terminal reaches only the process that
 * started it and workerd is ended in order. It ends by itself when that process is gone, however that came about.
 */
export function startServer(settings: Settings, secrets: Secrets): Server {
	const child = fork(fileURLToPath(new URL("serve.ts", import.meta.url)), [], {
		cwd: projectRoot,
		detached: true,
		stdio: ["ignore", "inherit", "inherit", "ipc"],
	});
	child.send({ settings, secrets } satisfies ServerOrder);
	const ended = whyEnded(child);
	return {
		ready: Promise.race([whyNotReady(child, settings.port), ended]),
		ended,
		async stop() {
			if (child.connected) child.disconnect();
			const impatient = setTimeout(killGroup, 5000, child);
			await ended;
			clearTimeout(impatient);
			killGroup(child);
		},
	};
}

async function whyEnded(child: ChildProcess): Promise<string> {
	let told: string | undefined;
	child.on("message", (event: ServerEvent) => {
		if (event.type === "failed") told = event.message;
	});
	const [code, signal] = await once(child, "exit");
	return told ?? `its process ended with ${signal ?? `exit code ${code}`}.`;
}

async function whyNotReady(child: ChildProcess, port: number): Promise<string | null> {
	const event = await nextEvent(child);
	if (event.type === "failed") return event.message;
	if (event.type === "unbundled") return "the Worker could not be bundled, for the reason above.";
	try {
		const response = await fetch(`http://localhost:${port}/healthz`, { signal: AbortSignal.timeout(30_000) });
		return response.ok ? null : `/healthz answers ${response.status}: ${await response.text()}`;
	} catch (error) {
		return `/healthz does not answer: ${error instanceof Error ? error.message : error}`;
	}
}

async function nextEvent(child: ChildProcess): Promise<ServerEvent> {
	const [event] = await once(child, "message");
	return event;
}

/** For what is left of the group when the server could not end its own children. */
function killGroup({ pid }: ChildProcess): void {
	try {
		if (pid !== undefined) process.kill(-pid, "SIGKILL");
	} catch {
		// ESRCH: nothing is left, as it should be.
	}
}

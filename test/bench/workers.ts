import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { D1Database } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare, Response as MiniflareResponse, type Request } from "miniflare";
import { buildContent } from "../../src/build/build.ts";
import { type Bundle, bundleWorker, modulesOf } from "../support/bundle.ts";
import { migrate } from "../support/migrate.ts";
import { cpuMilliseconds, residentBytes } from "./measure.ts";

export type Workers = {
	/** Origins of the blog and the bare Worker, each on a socket of its own of the same workerd. */
	blog: string;
	bare: string;
	blogDb: D1Database;
	bareDb: D1Database;
	/** Process id of the workerd both run in. */
	pid: number;
	/** Returns the bytes of the blog's isolate, its heap and its buffers, with garbage and after it was collected. */
	heapBytes(): Promise<{ used: number; held: number }>;
	stop(): Promise<void>;
};

/** Runs the blog with a content folder, and a bare Worker beside it to compare with, in one workerd. */
export async function startWorkers(contentDir: string, bareScript: string): Promise<Workers> {
	const folder = await mkdtemp(join(tmpdir(), "edgecat-bench-"));
	const built = await buildContent({ contentDir, outDir: folder });
	if (!built.ok) throw new Error(JSON.stringify(built.problems.slice(0, 3)));
	const bundle = await deployedWorker(folder);
	const before = workerdProcesses();
	const shared = {
		compatibilityDate: "2026-11-01",
		compatibilityFlags: ["nodejs_als"],
		unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
	};
	let inspector: ReturnType<typeof openInspector> | undefined;
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			inspectorPort: 0,
			handleStructuredLogs: ignoreLogs,
			workers: [
				{
					...shared,
					name: "blog",
					...directOptions(bundle, folder),
					d1Databases: { DB: "blog" },
					bindings: { SIGNING_SECRET: "bench", CF_VERSION_METADATA: { id: "bench", tag: "", timestamp: "" } },
				},
				{ ...shared, name: "bare", modules: true, script: bareScript, d1Databases: { DB: "bare" } },
			],
		}),
	);
	await miniflare.ready;
	const blogDb = (await miniflare.getD1Database("DB", "blog")) as unknown as D1Database;
	const bareDb = (await miniflare.getD1Database("DB", "bare")) as unknown as D1Database;
	await migrate(blogDb);
	const address = async (name: string) => (await miniflare.unsafeGetDirectURL(name)).origin;
	return {
		blog: await address("blog"),
		bare: await address("bare"),
		blogDb,
		bareDb,
		pid: workerdProcesses().find((pid) => !before.includes(pid)) ?? 0,
		async heapBytes() {
			inspector ??= openInspector(await miniflare.getInspectorURL());
			const { ask } = await inspector;
			const usage = async () => {
				const { usedSize, backingStorageSize } = await ask("Runtime.getHeapUsage");
				return Number(usedSize) + Number(backingStorageSize);
			};
			// An isolate without requests does not answer after a collection.
			const origin = await address("blog");
			const asking = setInterval(() => void fetch(`${origin}/robots.txt`), 50);
			const used = await usage();
			await ask("HeapProfiler.collectGarbage");
			const held = await usage();
			clearInterval(asking);
			return { used, held };
		},
		async stop() {
			(await inspector)?.close();
			await miniflare.dispose();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Connects to the inspector of the blog's isolate. */
async function openInspector(proxy: URL) {
	const targets = await (await fetch(`http://${proxy.host}/json`)).json();
	const { webSocketDebuggerUrl: address = "" } =
		(targets as { webSocketDebuggerUrl: string }[]).find(({ webSocketDebuggerUrl }) =>
			webSocketDebuggerUrl.endsWith("core:user:blog"),
		) ?? {};
	const socket = new WebSocket(address);
	await once(socket, "open");
	const waiting = new Map<number, (result: Record<string, unknown>) => void>();
	socket.addEventListener("message", ({ data }) => {
		const { id, result } = JSON.parse(String(data));
		waiting.get(id)?.(result);
	});
	let last = 0;
	return {
		ask: (method: string) =>
			new Promise<Record<string, unknown>>((resolve) => {
				waiting.set(++last, resolve);
				socket.send(JSON.stringify({ id: last, method }));
			}),
		close: () => socket.close(),
	};
}

/** The line that each request logs: printing it would take the time that is measured. */
const ignoreLogs = () => {};

export type WorkerOptions = ReturnType<typeof directOptions> | { modules: true; script: string };

/**
 * Starts a workerd with one Worker, asks it once, and gives the time on a processor that took in all, in milliseconds,
 * and the memory it then holds, in bytes.
 */
export async function firstAnswer(
	options: WorkerOptions,
	path: string,
): Promise<{ cpu: number; memory: number }> {
	const before = workerdProcesses();
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			...options,
			handleStructuredLogs: ignoreLogs,
			compatibilityDate: "2026-11-01",
			compatibilityFlags: ["nodejs_als"],
			unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
		}),
	);
	await miniflare.ready;
	const { origin } = await miniflare.unsafeGetDirectURL();
	const response = await fetch(origin + path);
	await response.arrayBuffer();
	if (!response.ok) throw new Error(`${path} was answered ${response.status}`);
	const pid = workerdProcesses().find((each) => !before.includes(each)) ?? 0;
	const used = { cpu: cpuMilliseconds(pid), memory: residentBytes(pid) };
	await miniflare.dispose();
	return used;
}

/**
 * A Worker that hears requests itself. Locally a Worker with assets has a router before it that is another Worker, five
 * times as slow as a kept page; Cloudflare's is none of ours to measure. What the Worker reads of its assets it reads.
 */
export function directOptions(bundle: Pick<Bundle, "script" | "texts">, contentOut: string) {
	const ASSETS = async (request: Request) =>
		new MiniflareResponse(
			await readFile(join(contentOut, "assets", decodeURI(new URL(request.url).pathname))),
		);
	return { modules: modulesOf(bundle), serviceBindings: { ASSETS } };
}

/** The Worker as it is deployed: one minified script, and its texts. */
export const deployedWorker = (contentOut: string): Promise<Bundle> =>
	bundleWorker("src/index.ts", contentOut, { minify: true });

/** Bytes of a deployed Worker, compressed as for the upload. */
export const packedSize = ({ script, texts }: Bundle): number =>
	[script, ...texts.map(({ text }) => text)].reduce((sum, part) => sum + gzipSync(part).length, 0);

/** The workerd processes this process has started. */
function workerdProcesses(): number[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.filter((name) => new RegExp(`^\\(workerd\\) \\w ${process.pid} `).test(statOf(name)))
		.map(Number);
}

/** Returns the kernel's status of a process after its number: its command, state and parent. */
function statOf(pid: string): string {
	try {
		return readFileSync(`/proc/${pid}/stat`, "utf8").slice(pid.length + 1);
	} catch {
		// It ended while the list was read.
		return "";
	}
}

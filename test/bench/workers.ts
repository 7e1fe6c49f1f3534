import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { buildContent } from "../../src/publish/build.ts";
import { bundleWorker } from "../support/bundle.ts";
import { migrate } from "../support/migrate.ts";

export type Workers = {
	/** Where the blog and the bare Worker listen, each straight on a socket of the same workerd. */
	blog: string;
	bare: string;
	blogDb: D1Database;
	bareDb: D1Database;
	/** Process id of the workerd both run in. */
	pid: number;
	scriptBytes: number;
	stop(): Promise<void>;
};

/** Runs the blog with a content folder, and a bare Worker beside it to compare with, in one workerd. */
export async function startWorkers(contentDir: string, bareScript: string): Promise<Workers> {
	const folder = await mkdtemp(join(tmpdir(), "edgecat-bench-"));
	const built = await buildContent({ contentDir, outDir: folder });
	if (!built.ok) throw new Error(JSON.stringify(built.problems.slice(0, 3)));
	const script = await deployedWorker(folder);
	const before = workerdProcesses();
	const shared = {
		modules: true,
		compatibilityDate: "2026-11-01",
		unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
	};
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			workers: [
				{
					...shared,
					name: "blog",
					script,
					d1Databases: { DB: "blog" },
					bindings: { SIGNING_SECRET: "bench" },
				},
				{ ...shared, name: "bare", script: bareScript, d1Databases: { DB: "bare" } },
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
		scriptBytes: script.length,
		async stop() {
			await miniflare.dispose();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** The Worker as it is deployed: one minified script. */
export const deployedWorker = (contentOut: string): Promise<string> =>
	bundleWorker("src/index.ts", contentOut, { minify: true });

/** The workerd processes this process has started. */
function workerdProcesses(): number[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.filter((name) => new RegExp(`^\\(workerd\\) \\w ${process.pid} `).test(statOf(name)))
		.map(Number);
}

/** What the kernel says of a process after its number: its command, state and parent. */
function statOf(pid: string): string {
	try {
		return readFileSync(`/proc/${pid}/stat`, "utf8").slice(pid.length + 1);
	} catch {
		// It ended while the list was read.
		return "";
	}
}

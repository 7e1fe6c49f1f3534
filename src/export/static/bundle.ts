import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { workerBundle } from "../../build/worker-bundle.ts";
import type { Env } from "../../env.ts";
import type { SiteCopy } from "./app.ts";

/** Bundles the app with built content and loads it into this process. */
export async function loadSite(outDir: string, root: string): Promise<(env: Env, now: number) => SiteCopy> {
	const outfile = join(outDir, `copy-${randomBytes(4).toString("hex")}.mjs`);
	try {
		await build({
			...workerBundle,
			absWorkingDir: root,
			entryPoints: ["src/export/static/app.ts"],
			alias: { "#content": join(outDir, "index.js") },
			platform: "node",
			loader: { ".txt": "text" },
			logLevel: "error",
			outfile,
		});
		const { openSite } = await import(pathToFileURL(outfile).href);
		return openSite;
	} finally {
		rmSync(outfile, { force: true });
	}
}

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { RunWrangler } from "./wrangler.ts";

/** The upload of a deployment; sizes in bytes. */
export type DryRun = { raw: number; gzip: number; assets: number; bindings: string[] };

/** Bundles and measures the Worker without contacting Cloudflare; returns wrangler's output if that fails. */
export async function dryRun(
	run: RunWrangler,
	flags: readonly string[],
	assetsDir: string,
): Promise<DryRun | { failed: string }> {
	const folder = await mkdtemp(join(tmpdir(), "edgecat-dry-run-"));
	try {
		const ran = await run(["deploy", "--dry-run", "--outdir", folder, ...flags], {
			env: { EDGECAT_SKIP_BUILD: "1" },
		});
		if (!ran.ok) return { failed: `${ran.stdout}\n${ran.stderr}`.trim() };
		const modules = (await readdir(folder)).filter((name) => !/\.map$|^README\.md$/.test(name));
		const contents = await Promise.all(modules.map((name) => readFile(join(folder, name))));
		return {
			raw: sum(contents.map((content) => content.length)),
			gzip: sum(contents.map((content) => gzipSync(content).length)),
			assets: await countAssets(assetsDir),
			bindings: ran.stdout.split("\n").filter((line) => line.startsWith("env.")),
		};
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Counts the files that become assets; `_headers` is configuration instead. */
async function countAssets(folder: string): Promise<number> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries.filter(
		(entry) => entry.isFile() && !(entry.parentPath === folder && entry.name === "_headers"),
	).length;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}

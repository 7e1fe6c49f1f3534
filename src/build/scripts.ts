import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Manifest } from "../posts/manifest.ts";
import { isSettled } from "./file-cache.ts";
import { unlessGone } from "./folder.ts";
import { displayPath, type Problem } from "./problems.ts";

/** Folder of the client scripts: each file directly in it becomes one script of the same name. */
export const clientFolder = fileURLToPath(new URL("../web/ui/client", import.meta.url));

type Scripts = { scripts: Manifest["scripts"]; problems: Problem[] };

/** The last bundle and the state of every file it was made from. */
let cached: { entryPoints: string; inputs: readonly string[]; stamps: string; result: Scripts } | undefined;

/**
 * Bundles every client script into one file whose address changes with its content. The bundle is reused within a process
 * until one of its input files changes.
 */
export async function buildScripts(folder = clientFolder): Promise<Scripts> {
	const entryPoints = readdirSync(folder)
		.filter((name) => name.endsWith(".ts"))
		.map((name) => join(folder, name));
	const key = entryPoints.join("\n");
	if (cached?.entryPoints === key && cached.stamps === stampsOf(cached.inputs)) return cached.result;
	cached = undefined;
	const started = Date.now();
	try {
		const { outputFiles, metafile } = await build({
			entryPoints,
			bundle: true,
			minify: true,
			format: "iife",
			target: "es2022",
			charset: "utf8",
			legalComments: "none",
			logLevel: "silent",
			outdir: folder,
			metafile: true,
			write: false,
		});
		const scripts = outputFiles.map(({ path, text }) => {
			const name = relative(folder, path).replace(/\.js$/, "");
			const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
			return [name, { path: `/scripts/${name}-${hash}.js`, code: text }] as const;
		});
		const result = { scripts: Object.fromEntries(scripts), problems: [] };
		const inputs = Object.keys(metafile.inputs).map((path) => resolve(path));
		// An input changed during the build may or may not be in the bundle.
		if (inputs.every((path) => isSettled(statSync(path).mtimeMs, started))) {
			cached = { entryPoints: key, inputs, stamps: stampsOf(inputs), result };
		}
		return result;
	} catch (error) {
		return { scripts: {}, problems: problemsOf(error, folder) };
	}
}

function stampsOf(files: readonly string[]): string {
	return files
		.map((file) => {
			const stats = unlessGone(() => statSync(file));
			return stats === null ? "gone" : `${stats.size}:${stats.mtimeMs}:${stats.ctimeMs}`;
		})
		.join();
}

/** Converts esbuild's error, which contains everything it found. */
function problemsOf(error: unknown, folder: string): Problem[] {
	if (!(error instanceof Error && "errors" in error && Array.isArray(error.errors))) throw error;
	return error.errors.map(({ text, location }) => ({
		file: displayPath(location === null ? folder : location.file),
		line: location?.line ?? 1,
		message: `${text}.`,
	}));
}

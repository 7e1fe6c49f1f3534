import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Manifest } from "../posts/manifest.ts";
import { type Problem, shownPath } from "./problems.ts";

/** Where the scripts of pages are: each file directly in it becomes one script, named as the file is. */
export const clientFolder = fileURLToPath(new URL("../web/client", import.meta.url));

/** Bundles every client script into one file whose address changes with its content. */
export async function readScripts(): Promise<{ scripts: Manifest["scripts"]; problems: Problem[] }> {
	const entryPoints = readdirSync(clientFolder)
		.filter((name) => name.endsWith(".ts"))
		.map((name) => join(clientFolder, name));
	try {
		const { outputFiles } = await build({
			entryPoints,
			bundle: true,
			minify: true,
			format: "iife",
			target: "es2022",
			charset: "utf8",
			legalComments: "none",
			logLevel: "silent",
			outdir: clientFolder,
			write: false,
		});
		const scripts = outputFiles.map(({ path, text }) => {
			const name = relative(clientFolder, path).replace(/\.js$/, "");
			const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
			return [name, { path: `/scripts/${name}-${hash}.js`, code: text }] as const;
		});
		return { scripts: Object.fromEntries(scripts), problems: [] };
	} catch (error) {
		return { scripts: {}, problems: errorsOf(error) };
	}
}

/** esbuild throws with everything it found. */
function errorsOf(error: unknown): Problem[] {
	if (!(error instanceof Error && "errors" in error && Array.isArray(error.errors))) throw error;
	return error.errors.map(({ text, location }) => ({
		file: shownPath(location === null ? clientFolder : location.file),
		line: location?.line ?? 1,
		message: `${text}.`,
	}));
}

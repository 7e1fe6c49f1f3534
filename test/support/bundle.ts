import { join } from "node:path";
import { build } from "esbuild";

const root = new URL("../..", import.meta.url).pathname;

/** Bundles a Worker's entry with built content into one script, as wrangler does for a deployment. */
export async function bundleWorker(
	entry: string,
	contentOut: string,
	{ minify = false } = {},
): Promise<string> {
	const bundle = await build({
		entryPoints: [join(root, entry)],
		alias: { "#content": join(contentOut, "index.js") },
		bundle: true,
		minify,
		format: "esm",
		conditions: ["workerd", "worker", "browser"],
		jsx: "automatic",
		jsxImportSource: "hono/jsx",
		loader: { ".txt": "text" },
		external: ["node:*", "cloudflare:*"],
		write: false,
	});
	return bundle.outputFiles[0]?.text ?? "";
}

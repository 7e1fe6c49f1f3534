import type { BuildOptions } from "esbuild";

/** esbuild's options for a Worker, by which it resolves and translates as wrangler does. */
export const workerBundle = {
	bundle: true,
	format: "esm",
	target: "es2024",
	conditions: ["workerd", "worker", "browser"],
	jsx: "automatic",
	jsxImportSource: "hono/jsx",
	external: ["cloudflare:*", "node:*"],
} satisfies BuildOptions;

/** The same without content: what `replaceContent` was given last, so that it is replaced while the Worker runs. */
export const replaceableContent = {
	...workerBundle,
	alias: { "#content": "./src/sidecars/local-content.ts" },
	// Half as much for workerd to read, and the names in a trace stay what they are.
	minifyWhitespace: true,
	minifySyntax: true,
} satisfies BuildOptions;

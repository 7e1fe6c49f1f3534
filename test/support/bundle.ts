import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";

const root = new URL("../..", import.meta.url).pathname;

/** A Worker as it is uploaded: its script, and the texts the script imports. */
export type Bundle = {
	script: string;
	texts: { name: string; text: string }[];
	/** The files that are evaluated when it starts: what only `import()` leads to is not among them. */
	evaluated: ReadonlySet<string>;
};

/** Bundles a Worker's entry with built content, as wrangler does for a deployment. */
export async function bundleWorker(
	entry: string,
	contentOut: string,
	{ minify = false } = {},
): Promise<Bundle> {
	const texts: Bundle["texts"] = [];
	const bundle = await build({
		absWorkingDir: root,
		entryPoints: [entry],
		alias: { "#content": join(contentOut, "index.js") },
		bundle: true,
		minify,
		format: "esm",
		conditions: ["workerd", "worker", "browser"],
		jsx: "automatic",
		jsxImportSource: "hono/jsx",
		external: ["node:*", "cloudflare:*"],
		write: false,
		metafile: true,
		plugins: [
			{
				name: "texts stay files",
				setup({ onResolve }) {
					onResolve({ filter: /\.txt$/ }, ({ path, resolveDir }) => {
						texts.push({ name: path, text: readFileSync(join(resolveDir, path), "utf8") });
						return { path, external: true };
					});
				},
			},
		],
	});
	const { inputs } = bundle.metafile;
	const evaluated = new Set([entry]);
	for (const file of evaluated) {
		for (const { path, kind, external } of inputs[file]?.imports ?? []) {
			if (kind !== "dynamic-import" && !external) evaluated.add(path);
		}
	}
	return { script: bundle.outputFiles[0]?.text ?? "", texts, evaluated };
}

/** What miniflare is told of a bundle and of the assets beside it, which are routed as wrangler.toml says. */
export function workerOptions({ script, texts }: Pick<Bundle, "script" | "texts">, contentOut: string) {
	return {
		modules: [
			{ type: "ESModule" as const, path: "worker.js", contents: script },
			...texts.map(({ name, text }) => ({ type: "Text" as const, path: basename(name), contents: text })),
		],
		assets: {
			directory: join(contentOut, "assets"),
			binding: "ASSETS",
			run_worker_first: workerFirst(),
			routerConfig: { has_user_worker: true },
			assetConfig: { html_handling: "none" as const },
		},
	};
}

function workerFirst(): string[] {
	const settings = readFileSync(join(root, "wrangler.toml"), "utf8");
	return JSON.parse(/^run_worker_first = (.*)$/m.exec(settings)?.[1] ?? "[]");
}

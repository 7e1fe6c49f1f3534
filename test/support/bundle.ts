import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type BuildOptions, build } from "esbuild";

const root = new URL("../..", import.meta.url).pathname;

/** What workerd is told of a Worker: its script, and what the script imports. */
export type Modules = {
	script: string;
	/** The blog's index, where it is not in the script. */
	content?: string;
	texts: { name: string; text: string }[];
};

/** A Worker as it is uploaded. */
export type Bundle = Modules & {
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
		...likeWrangler,
		entryPoints: [entry],
		alias: { "#content": join(contentOut, "index.js") },
		minify,
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

const likeWrangler = {
	absWorkingDir: root,
	bundle: true,
	format: "esm",
	conditions: ["workerd", "worker", "browser"],
	jsx: "automatic",
	jsxImportSource: "hono/jsx",
	external: ["node:*", "cloudflare:*"],
} satisfies BuildOptions;

/** Bundles the tests' Worker without any content: it takes a third of starting a blog, and all blogs share it. */
export async function bundleEngine(file: string): Promise<void> {
	await build({
		...likeWrangler,
		entryPoints: ["test/support/worker.ts"],
		external: [...likeWrangler.external, "#content"],
		// Half as much for workerd to read, and the names in a trace stay what they are.
		minifyWhitespace: true,
		minifySyntax: true,
		outfile: file,
	});
}

/** The tests' Worker with built content, beside the engine that was bundled before the first test. */
export async function testWorker(contentOut: string): Promise<Modules> {
	const content = await readFile(join(contentOut, "index.js"), "utf8");
	const names = Array.from(content.matchAll(/ from "\.\/(.+\.txt)"/g), ([, name]) => name ?? "");
	const [engine, ...texts] = await Promise.all(
		[engineFile(), ...names.map((name) => join(contentOut, name))].map((path) => readFile(path, "utf8")),
	);
	return {
		script: engine?.replace('"#content"', '"./content.js"') ?? "",
		content,
		texts: texts.map((text, at) => ({ name: names[at] ?? "", text })),
	};
}

function engineFile(): string {
	const { EDGECAT_TEST_ENGINE: file } = process.env;
	if (file === undefined)
		throw new Error("No engine was bundled: this runs under vitest, which does it first.");
	return file;
}

/** What miniflare is told of a Worker and of the assets beside it, which are routed as wrangler.toml says. */
export function workerOptions({ script, content, texts }: Modules, contentOut: string) {
	return {
		modules: [
			{ type: "ESModule" as const, path: "worker.js", contents: script },
			...(content === undefined
				? []
				: [{ type: "ESModule" as const, path: "content.js", contents: content }]),
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

import { readdirSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { defaultIcons } from "../../src/build/icons.ts";
import { replaceableContent, workerBundle } from "../../src/build/worker-bundle.ts";
import type { WorkerContent } from "../../src/posts/worker-content.ts";

const root = new URL("../..", import.meta.url).pathname;

/** A Worker's script and the modules it imports. */
export type Modules = {
	script: string;
	texts: { name: string; text: string }[];
};

/** A Worker as it is uploaded. */
export type Bundle = Modules & {
	/** The files evaluated at start, without those that only `import()` loads. */
	evaluated: ReadonlySet<string>;
	/** All files the script is made of. */
	inputs: ReadonlySet<string>;
};

/** Bundles a Worker's entry with built content, as wrangler does. */
export async function bundleWorker(
	entry: string,
	contentOut: string,
	{ minify = false } = {},
): Promise<Bundle> {
	const texts: Bundle["texts"] = [];
	const bundle = await build({
		...workerBundle,
		absWorkingDir: root,
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
					const packageTexts = textModules();
					onResolve({ filter: /\.json$/ }, ({ path }) => {
						if (!packageTexts.includes(path)) return undefined;
						const name = basename(path);
						texts.push({ name, text: readFileSync(join(root, "node_modules", path), "utf8") });
						return { path: `./${name}`, external: true };
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
	return {
		script: bundle.outputFiles[0]?.text ?? "",
		texts,
		evaluated,
		inputs: new Set(Object.keys(inputs)),
	};
}

/** Returns the modules of packages that wrangler uploads as texts. */
function textModules(): string[] {
	const settings = readFileSync(join(root, "wrangler.toml"), "utf8");
	const [, globs = "[]"] = /^type = "Text"\nglobs = (.*)$/m.exec(settings) ?? [];
	return JSON.parse(globs);
}

/** Bundles the tests' Worker without content. All blogs of a run share the bundle, which takes a second to make. */
export async function bundleEngine(file: string): Promise<void> {
	await build({
		...replaceableContent,
		absWorkingDir: root,
		entryPoints: ["test/support/worker.ts"],
		outfile: file,
	});
}

/** Built content as the tests' Worker is given it. */
export type BuiltContent = {
	/** The exports of the content's module. */
	module: WorkerContent;
	/** The folder of the static assets. */
	assets: string;
	/** Whether the Worker can do without an asset server: the posts have neither pictures nor bodies among the assets. */
	isPlain: boolean;
	/** The files of the search index in base64, by path, which a Worker without an asset server is given. */
	searchFiles: Readonly<Record<string, string>>;
};

/** Assets of every blog, which no test reads through the Worker. */
const common = new Set(["_headers", "_search", "api", "site.webmanifest", ...readdirSync(defaultIcons)]);

/** Reads the output of a build. */
export async function readBuiltContent(outDir: string): Promise<BuiltContent> {
	const index = await readFile(join(outDir, "index.js"), "utf8");
	const imports = [...index.matchAll(/^import (\w+) from "(.+)";$/gm)].map(([, name = "", path = ""]) => ({
		name,
		path,
	}));
	const texts = await Promise.all(imports.map(({ path }) => readFile(join(outDir, path), "utf8")));
	const body = index.replace(/^import .*$/gm, "").replace(/^export (?=const)/gm, "");
	const exported = [...index.matchAll(/^export (?:const (\w+)|\{ (\w+) \})/gm)].map(([, a, b]) => a ?? b);
	const evaluate = new Function(
		...imports.map(({ name }) => name),
		`${body.replace(/^export .*$/gm, "")}; return { ${exported.join(", ")} };`,
	);
	const assets = join(outDir, "assets");
	const names = await readdir(join(assets, "_search"));
	const searchFiles = Object.fromEntries(
		await Promise.all(
			names.map(async (name) => [`_search/${name}`, await readFile(join(assets, "_search", name), "base64")]),
		),
	);
	const isPlain = (await readdir(assets)).every((name) => common.has(name));
	return { module: evaluate(...texts), assets, isPlain, searchFiles };
}

/** Returns the tests' Worker, which was bundled before the first test; its content is deployed while it runs. */
export async function testWorker(): Promise<Modules> {
	return { script: await readFile(engineFile(), "utf8"), texts: [] };
}

function engineFile(): string {
	const { EDGECAT_TEST_ENGINE: file } = process.env;
	if (file === undefined)
		throw new Error("No engine was bundled: this runs under vitest, which does it first.");
	return file;
}

/** Returns a Worker's modules as Miniflare takes them. */
export const modulesOf = ({ script, texts }: Modules) => [
	{ type: "ESModule" as const, path: "worker.js", contents: script },
	...texts.map(({ name, text }) => ({ type: "Text" as const, path: basename(name), contents: text })),
];

/** Returns Miniflare's options for the assets beside a Worker, which are routed as in wrangler.toml. */
export const assetOptions = (directory: string) => ({
	directory,
	binding: "ASSETS",
	run_worker_first: workerFirst(),
	routerConfig: { has_user_worker: true },
	assetConfig: { html_handling: "none" as const },
});

function workerFirst(): string[] {
	const settings = readFileSync(join(root, "wrangler.toml"), "utf8");
	return JSON.parse(/^run_worker_first = (.*)$/m.exec(settings)?.[1] ?? "[]");
}

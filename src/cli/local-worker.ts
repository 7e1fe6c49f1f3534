import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type BuildContext, context, version } from "esbuild";
import { replaceableContent } from "../build/worker-bundle.ts";
import { projectRoot } from "./config.ts";

/** The bundled Worker, which is bundled again after an edit of its source. */
export type WatchedWorker = {
	/** Returns the script; null until it could be bundled. */
	script(): string | null;
	/** Watches the source and calls `onChange` when the script is another. */
	watch(onChange: () => void): Promise<void>;
	dispose(): Promise<void>;
};

/** A bundle of an earlier start: the script, with the files it was made of and what tells that they have changed. */
type BundleRecord = { version: string; files: Record<string, string>; script: string };

const besidePackages = join(projectRoot, "node_modules/.cache/edgecat/worker.json");

/**
 * Bundles the Worker of `npm start`, which takes a second, unless its source is as at the last start. esbuild prints what it
 * cannot bundle.
 */
export async function bundleLocalWorker(storedFile = besidePackages): Promise<WatchedWorker> {
	let script = await readStored(storedFile);
	let changed = () => {};
	let bundler: BuildContext | null = null;
	const open = async () => {
		bundler ??= await createBundler(async (built) => {
			if (built.script === script) return;
			script = built.script;
			await store(storedFile, built);
			changed();
		});
		return bundler;
	};
	if (script === null) await (await open()).rebuild().catch(() => null);
	return {
		script: () => script,
		async watch(onChange) {
			changed = onChange;
			await (await open()).watch();
		},
		dispose: async () => bundler?.dispose(),
	};
}

function createBundler(onBuilt: (built: { script: string; inputs: string[] }) => Promise<void>) {
	return context({
		...replaceableContent,
		absWorkingDir: projectRoot,
		entryPoints: ["src/sidecars/local.ts"],
		logLevel: "error",
		write: false,
		metafile: true,
		plugins: [
			{
				name: "report",
				setup({ onEnd }) {
					onEnd(async ({ outputFiles, metafile }) => {
						const script = outputFiles?.[0]?.text;
						if (script !== undefined && metafile !== undefined)
							await onBuilt({ script, inputs: Object.keys(metafile.inputs) });
					});
				},
			},
		],
	});
}

async function readStored(file: string): Promise<string | null> {
	const stored: BundleRecord | null = await readFile(file, "utf8")
		.then(JSON.parse)
		.catch(() => null);
	if (stored === null) return null;
	const states = await statesOf(Object.keys(stored.files));
	const isCurrent = Object.entries(stored.files).every(([path, state]) => states[path] === state);
	return isCurrent && stored.version === version ? stored.script : null;
}

/** Keeps a script for the next start; a folder that cannot be written is no error. */
async function store(file: string, { script, inputs }: { script: string; inputs: string[] }): Promise<void> {
	const stored: BundleRecord = {
		version,
		files: await statesOf([...inputs, "src/build/worker-bundle.ts", "src/cli/local-worker.ts"]),
		script,
	};
	const partial = `${file}.${process.pid}.partial`;
	await mkdir(dirname(file), { recursive: true })
		.then(() => writeFile(partial, JSON.stringify(stored)))
		.then(() => rename(partial, file))
		.catch(() => {});
}

/** Returns sizes and times of files of the project, by their paths. */
async function statesOf(paths: readonly string[]): Promise<Record<string, string>> {
	const states = paths.map(async (path) => {
		const found = await stat(join(projectRoot, path)).catch(() => null);
		return [path, `${found?.size} ${found?.mtimeMs}`] as const;
	});
	return Object.fromEntries(await Promise.all(states));
}

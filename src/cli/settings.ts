import { statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

/** Where the project lies; every relative path in a setting starts here, whatever folder the command is run from. */
export const projectRoot = resolve(import.meta.dirname, "../..");

/** Variables of the environment, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment may change about a local run; paths are absolute. */
export type Settings = {
	contentDir: string;
	/** Where the generated index and assets go. */
	outDir: string;
	port: number;
	/** Where local D1 and the signing secrets live. */
	persistTo: string;
};

/** Reads CONTENT_DIR, OUTPUT_DIR, PORT and PERSIST_TO, or says in a sentence each what is wrong with them. */
export function readSettings(
	env: Environment,
): { ok: true; settings: Settings } | { ok: false; problems: string[] } {
	const contentDir = resolve(projectRoot, env.CONTENT_DIR || "content");
	const persistTo = localStore(env);
	const outDir = resolve(projectRoot, env.OUTPUT_DIR || defaultOutput(contentDir, persistTo));
	const port = readPort(env.PORT || "8787");
	const problems = [
		...checkContent(contentDir),
		...(port === null ? [`PORT is "${env.PORT}"; write a whole number from 1 to 65535, such as 8787.`] : []),
		...checkPersistence(persistTo),
		...checkOutput(outDir, contentDir),
	];
	return port === null || problems.length > 0
		? { ok: false, problems }
		: { ok: true, settings: { contentDir, outDir, port, persistTo } };
}

/** Where local D1 and the signing secrets live: PERSIST_TO, or wrangler's own default. */
export function localStore(env: Environment): string {
	return resolve(projectRoot, env.PERSIST_TO || ".wrangler/state");
}

/** Two blogs run at once must not write each other's index: only the default one owns `.edgecat`. */
function defaultOutput(contentDir: string, persistTo: string): string {
	const isDefault =
		contentDir === join(projectRoot, "content") && persistTo === join(projectRoot, ".wrangler/state");
	return isDefault ? ".edgecat" : join(persistTo, "content");
}

function readPort(written: string): number | null {
	const port = /^\d{1,5}$/.test(written) ? Number(written) : 0;
	return port >= 1 && port <= 65535 ? port : null;
}

function checkContent(contentDir: string): string[] {
	if (kindOf(contentDir) === "folder") return [];
	return [
		`CONTENT_DIR is ${contentDir}, which is not a folder; name the one that holds site.yaml and posts/.`,
	];
}

function checkPersistence(persistTo: string): string[] {
	if (kindOf(persistTo) !== "file") return [];
	return [`PERSIST_TO is ${persistTo}, which is a file; name a folder, which is made when it is missing.`];
}

/** The build replaces its output folder, and the watcher builds again on every change in the content folder. */
function checkOutput(outDir: string, contentDir: string): string[] {
	if (!contains(contentDir, outDir) && !contains(outDir, contentDir)) return [];
	return [
		`The generated files would go to ${outDir}, which overlaps CONTENT_DIR, ${contentDir}; ` +
			"set OUTPUT_DIR or PERSIST_TO to a folder apart from it.",
	];
}

function kindOf(path: string): "folder" | "file" | "missing" {
	const stats = statSync(path, { throwIfNoEntry: false });
	return stats === undefined ? "missing" : stats.isDirectory() ? "folder" : "file";
}

function contains(folder: string, path: string): boolean {
	const way = relative(folder, path);
	return way !== ".." && !way.startsWith(`..${sep}`);
}

import { statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

/** The project's folder. Relative paths in settings start here, whatever the current directory. */
export const projectRoot = resolve(import.meta.dirname, "../..");

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings from environment variables; paths are absolute. */
export type Config = {
	contentDir: string;
	/** Folder for the generated index and assets. */
	outDir: string;
	port: number;
	/** Folder of the local D1 and secrets. */
	persistTo: string;
	/** Seconds between runs of the cron jobs: a minute, as in wrangler.toml, except in tests. */
	cronSeconds: number;
};

/** Reads CONTENT_DIR, OUTPUT_DIR, PORT, PERSIST_TO and CRON_SECONDS, or returns an error message for each invalid one. */
export function readConfig(
	env: Environment,
): { ok: true; config: Config } | { ok: false; problems: string[] } {
	const contentDir = resolve(projectRoot, env.CONTENT_DIR || "content");
	const persistTo = stateDir(env);
	const outDir = resolve(projectRoot, env.OUTPUT_DIR || defaultOutput(contentDir, persistTo));
	const port = readPort(env.PORT || "8787");
	const cronSeconds = readSeconds(env.CRON_SECONDS || "60");
	const problems = [
		...checkContent(contentDir),
		...(port === null ? [`PORT is "${env.PORT}"; use a whole number from 1 to 65535, such as 8787.`] : []),
		...(cronSeconds === null
			? [`CRON_SECONDS is "${env.CRON_SECONDS}"; use a whole number from 1 to 3600.`]
			: []),
		...checkPersistence(persistTo),
		...checkOutput(outDir, contentDir),
	];
	return port === null || cronSeconds === null || problems.length > 0
		? { ok: false, problems }
		: { ok: true, config: { contentDir, outDir, port, persistTo, cronSeconds } };
}

/** Returns the folder of the local D1 and secrets: PERSIST_TO, or wrangler's default. */
export function stateDir(env: Environment): string {
	return resolve(projectRoot, env.PERSIST_TO || ".wrangler/state");
}

/** Returns the default output folder; only the default blog uses `.edgecat`, so that blogs run side by side. */
function defaultOutput(contentDir: string, persistTo: string): string {
	const isDefault =
		contentDir === join(projectRoot, "content") && persistTo === join(projectRoot, ".wrangler/state");
	return isDefault ? ".edgecat" : join(persistTo, "content");
}

function readPort(written: string): number | null {
	const port = /^\d{1,5}$/.test(written) ? Number(written) : 0;
	return port >= 1 && port <= 65535 ? port : null;
}

function readSeconds(written: string): number | null {
	const seconds = /^\d{1,4}$/.test(written) ? Number(written) : 0;
	return seconds >= 1 && seconds <= 3600 ? seconds : null;
}

function checkContent(contentDir: string): string[] {
	if (kindOf(contentDir) === "folder") return [];
	return [`CONTENT_DIR is ${contentDir}, which is not a folder; name the one with site.yaml and posts/.`];
}

function checkPersistence(persistTo: string): string[] {
	if (kindOf(persistTo) !== "file") return [];
	return [`PERSIST_TO is ${persistTo}, which is a file; name a folder (created if missing).`];
}

/** Checks for overlap: the build replaces its output folder, and the watcher rebuilds on every change in the content. */
function checkOutput(outDir: string, contentDir: string): string[] {
	if (!contains(contentDir, outDir) && !contains(outDir, contentDir)) return [];
	return [
		`The generated files would go to ${outDir}, which overlaps CONTENT_DIR, ${contentDir}; ` +
			"set OUTPUT_DIR or PERSIST_TO to another folder.",
	];
}

function kindOf(path: string): "folder" | "file" | "missing" {
	const stats = statSync(path, { throwIfNoEntry: false });
	return stats === undefined ? "missing" : stats.isDirectory() ? "folder" : "file";
}

function contains(folder: string, path: string): boolean {
	const steps = relative(folder, path);
	return steps !== ".." && !steps.startsWith(`..${sep}`);
}

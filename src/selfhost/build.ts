import { constants, existsSync } from "node:fs";
import { chmod, copyFile, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { rootCertificates } from "node:tls";
import { workerdConfigs } from "./config.ts";
import { SelfhostError } from "./error.ts";
import type { WorkerSettings } from "./settings.ts";
import { bundleSidecars } from "./sidecars.ts";
import { workerdBinary } from "./workerd.ts";

/** The parts of a blog that is built for a machine of one's own; paths are absolute. */
export type FolderSource = {
	/** The project's folder. */
	root: string;
	/** The folder of the Worker's modules, as wrangler writes them. */
	workerDir: string;
	/** The module with the Worker's handlers, such as `index.js`. */
	mainModule: string;
	assetsDir: string;
	settings: WorkerSettings;
	/** The blog's address and its author's name, from `site.yaml`. */
	site: { url: string; author: string };
	/** The time of the build, in epoch milliseconds. */
	now: number;
};

/**
 * Writes the folder that runs the blog with nothing but itself. In a folder of an earlier build the files are replaced and
 * `data/` stays; throws `SelfhostError` if there is anything else in it.
 */
export async function buildFolder(folder: string, source: FolderSource): Promise<void> {
	const binary = workerdBinary();
	await requireReplaceable(folder);
	const draft = `${folder}.building`;
	await rm(draft, { recursive: true, force: true });
	try {
		await write(draft, source, binary);
		await letEveryoneRead(draft);
		const isNew = (await mkdir(folder, { recursive: true })) !== undefined;
		if (isNew) await chmod(folder, 0o755);
		for (const name of await readdir(draft)) {
			await rm(join(folder, name), { recursive: true, force: true });
			await rename(join(draft, name), join(folder, name));
		}
	} finally {
		await rm(draft, { recursive: true, force: true });
	}
}

/** The files that are the same in every folder. */
const templates = new URL("files/", import.meta.url).pathname;

async function write(folder: string, source: FolderSource, binary: string): Promise<void> {
	const { root, workerDir, mainModule, assetsDir } = source;
	await mkdir(folder, { recursive: true });
	await cp(templates, folder, { recursive: true });
	const { host, hostname } = new URL(source.site.url);
	if (hostname !== "localhost") {
		const caddyfile = await readFile(join(templates, "Caddyfile"), "utf8");
		await writeFile(join(folder, "Caddyfile"), caddyfile.replace("blog.example", host));
	}
	const modules = (await filesOf(workerDir)).filter((path) => !/\.map$|^README\.md$/.test(path));
	await cp(workerDir, join(folder, "worker"), {
		recursive: true,
		filter: (path) => !/\.map$|\/README\.md$/.test(path),
	});
	await bundleSidecars(root, join(folder, "sidecars"), mainModule);
	await cp(assetsDir, join(folder, "assets"), { recursive: true });
	const migrations = (await readdir(join(root, "migrations"))).filter((name) => name.endsWith(".sql")).sort();
	await mkdir(join(folder, "migrations"));
	for (const name of migrations)
		await copyFile(join(root, "migrations", name), join(folder, "migrations", name));
	const configs = workerdConfigs({
		settings: source.settings,
		modules,
		migrations,
		headers: await readFile(join(assetsDir, "_headers"), "utf8"),
		site: { ...source.site, url: new URL(source.site.url).origin },
		version: { id: String(source.now), timestamp: new Date(source.now).toISOString() },
	});
	for (const [name, text] of Object.entries(configs)) await writeFile(join(folder, name), text);
	await writeFile(join(folder, "authorities.pem"), `${rootCertificates.join("\n")}\n`);
	await copyFile(binary, join(folder, "workerd"), constants.COPYFILE_FICLONE);
}

/** Lets the user of the service read the folder, whoever built it and with whatever umask; nothing in it is secret. */
async function letEveryoneRead(folder: string): Promise<void> {
	for (const path of await readdir(folder, { recursive: true })) {
		const file = join(folder, path);
		const isExecutable = ((await stat(file)).mode & 0o100) !== 0;
		await chmod(file, isExecutable ? 0o755 : 0o644);
	}
}

async function requireReplaceable(folder: string): Promise<void> {
	if (!existsSync(folder)) return;
	const names = await readdir(folder);
	if (names.length === 0 || names.includes("config.capnp")) return;
	throw new SelfhostError(`${folder} holds other files; name a new folder, or one of an earlier build.`);
}

async function filesOf(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)))
		.sort();
}

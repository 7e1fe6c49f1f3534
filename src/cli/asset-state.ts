import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Returns a text that differs when a file of the assets differs, but for those that only the Worker reads. */
export async function assetState(folder: string): Promise<string> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((path) => !path.startsWith(join(folder, "_")) || path === join(folder, "_headers"));
	const states = files.map(async (path) => {
		const { size, mtimeMs } = await stat(path);
		return `${path} ${size} ${mtimeMs}`;
	});
	return (await Promise.all(states)).sort().join("\n");
}

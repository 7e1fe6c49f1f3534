import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { buildOwnMachine, startOwnMachine } from "../support/own-machine.ts";
import { writeBlog } from "./content.ts";
import { race } from "./measure.ts";
import { startWorkers } from "./workers.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

const bare = 'export default { fetch: () => new Response("bare") };';

/** Measures the folder for a machine of one's own beside the Worker as Miniflare runs it, in requests a second. */
export async function selfhost(folder: string, add: Add): Promise<void> {
	const content = join(folder, "selfhost-content");
	writeBlog(content, 20);
	const built = join(folder, "selfhost");
	await buildOwnMachine(built, await filesOf(content));
	const workers = await startWorkers(content, bare);
	const own = await startOwnMachine(built);
	try {
		for (const [what, path] of [
			["a post", "/2000/01/01/p0/"],
			["the home page", "/"],
		] as const) {
			const { a, b, ratio } = await race(own.origin + path, workers.blog + path, { rounds: 3 });
			add(
				`own machine, ${what}`,
				`${Math.round(a)} a second, ${ratio.toFixed(2)} times Miniflare's ${Math.round(b)}`,
				"0.8 times",
				ratio >= 0.8,
			);
		}
	} finally {
		await own.stop();
		await workers.stop();
	}
}

async function filesOf(folder: string): Promise<Record<string, string>> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	return Object.fromEntries(
		await Promise.all(
			files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, "utf8")] as const),
		),
	);
}

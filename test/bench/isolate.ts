import { join } from "node:path";
import { buildContent } from "../../src/build/build.ts";
import { generatedFlags, runWrangler } from "../../src/cli/wrangler.ts";
import { writeBlog } from "./content.ts";
import { median } from "./measure.ts";
import { deployedWorker, directOptions, firstAnswer, type WorkerOptions } from "./workers.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

/** The least a Worker can be. */
export const bare = {
	modules: true,
	script: 'export default { fetch: () => new Response("bare") }',
} as const;

/** Takes no comments, and so needs nothing but the Worker. */
const quiet = "/2000/01/01/p0/";

/** Measures what starting an isolate costs, with 100 posts. */
export async function isolate(folder: string, add: Add): Promise<void> {
	const outDir = join(folder, "isolate-out");
	writeBlog(join(folder, "isolate"), 100);
	const built = await buildContent({ contentDir: join(folder, "isolate"), outDir });
	if (!built.ok) throw new Error("the content does not build");
	const evaluating = await evaluationOf(outDir, folder);
	add(
		"Evaluating the Worker's script with 100 posts, by `wrangler check startup`",
		`${evaluating.toFixed(0)} ms`,
		"at most 30 ms",
		evaluating <= 30,
	);
	const { least, usual } = await startsOf({
		least: bare,
		usual: directOptions(await deployedWorker(outDir), outDir),
	});
	const cpu = usual.cpu - least.cpu;
	add(
		"Start and first post page of 100 posts, CPU beyond a bare Worker's",
		`${cpu.toFixed(0)} ms`,
		"at most 120 ms",
		cpu <= 120,
	);
}

/**
 * Returns the time in milliseconds that a start is busy, by Cloudflare's own tool. Compiling comes before it, and is in the
 * row on starts.
 */
async function evaluationOf(outDir: string, folder: string): Promise<number> {
	const profile = join(folder, "startup.cpuprofile");
	const built = generatedFlags(outDir).join(" ");
	const measured: number[] = [];
	for (let run = 0; run < 5; run++) {
		const { stdout, stderr } = await runWrangler([
			"check",
			"startup",
			`--outfile=${profile}`,
			`--args=${built}`,
		]);
		const active = /Active: ([\d.]+) ms/.exec(stdout)?.[1];
		if (active === undefined) throw new Error(`wrangler could not profile a start: ${stdout}\n${stderr}`);
		measured.push(Number(active));
	}
	return median(measured);
}

/** Starts each several times, in turns, so that whatever else the machine does falls on all alike. */
export async function startsOf<Name extends string>(
	workers: Record<Name, WorkerOptions>,
): Promise<Record<Name, { cpu: number; memory: number }>> {
	const names = Object.keys(workers) as Name[];
	const runs = new Map(names.map((name) => [name, [] as { cpu: number; memory: number }[]]));
	for (let round = 0; round < 7; round++) {
		for (const [name, run] of runs) run.push(await firstAnswer(workers[name], quiet));
	}
	return Object.fromEntries(
		Array.from(runs, ([name, run]) => [
			name,
			{ cpu: median(run.map(({ cpu }) => cpu)), memory: median(run.map(({ memory }) => memory)) },
		]),
	) as Record<Name, { cpu: number; memory: number }>;
}

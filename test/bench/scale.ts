import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildContent } from "../../src/build/build.ts";
import { createContentCache } from "../../src/build/content.ts";
import { generatedFlags, runWrangler } from "../../src/cli/wrangler.ts";
import { fillThread } from "../support/fill.ts";
import { writeBlog } from "./content.ts";
import { median, race } from "./measure.ts";
import {
	deployedWorker,
	directOptions,
	firstAnswer,
	packedSize,
	startWorkers,
	type WorkerOptions,
} from "./workers.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

const bare = 'export default { fetch: () => new Response("bare") }';
/** Takes no comments, and so needs nothing but the Worker. */
const quiet = "/2000/01/01/p0/";
const talked = "/2000/01/02/p1/";
const longest = "/2000/01/04/p3/";

/** Measures a blog of ten thousand posts beside one of ten: its build, size, start, memory and speed. */
export async function scale(folder: string, add: Add): Promise<void> {
	const few = await built(folder, 10);
	const usual = await built(folder, 100);
	const many = await built(folder, 10_000);
	add("Building 10,000 posts, CPU", `${(many.took / 1000).toFixed(1)} s`, "under 30 s", many.took < 30_000);
	add(
		"Building again after one edit in 10,000 posts, CPU",
		`${many.again.toFixed(0)} ms`,
		// The search index is written anew.
		"under 1,000 ms",
		many.again < 1000,
	);
	const packed = packedSize(many.bundle);
	add("Worker with 10,000 posts, gzip", kilobytes(packed), "under 3,072 KB", packed < 3072 * 1024);
	add("Asset files of 10,000 posts", String(many.assets), "under 20,000", many.assets < 20_000);

	const evaluating = await evaluationOf(usual.outDir, folder);
	add(
		"Evaluating the Worker's script with 100 posts, by `wrangler check startup`",
		`${evaluating.toFixed(0)} ms`,
		"under 50 ms",
		evaluating < 50,
	);
	const starts = await startsOf({
		bare: { modules: true, script: bare },
		few: few.options,
		usual: usual.options,
		many: many.options,
	});
	const { bare: least, few: ten, usual: hundred, many: most } = starts;
	const start = hundred.cpu - least.cpu;
	add(
		"Start and first post page of 100 posts, CPU beyond a bare Worker's",
		`${start.toFixed(0)} ms`,
		"",
		null,
	);
	const ratio = (most.cpu - least.cpu) / (ten.cpu - least.cpu);
	add(
		"The same, of 10,000 posts to 10",
		`${(most.cpu - least.cpu).toFixed(0)} / ${(ten.cpu - least.cpu).toFixed(0)} ms = ${ratio.toFixed(2)}`,
		"under 2",
		ratio < 2,
	);
	const memory = most.memory - least.memory;
	add(
		"Memory beyond a bare Worker's, with 10,000 posts and with 10",
		`${megabytes(memory)} / ${megabytes(ten.memory - least.memory)}`,
		"under 96 MB",
		memory < 96e6,
	);

	const small = await startWorkers(few.content, bare);
	const large = await startWorkers(many.content, bare);
	const shape = { count: 20_000, branch: 20 };
	for (const { blogDb } of [small, large]) {
		await fillThread(blogDb, { postId: "p1", count: 20, branch: 20 });
		await fillThread(blogDb, { postId: "p3", ...shape });
	}
	// More pages than an isolate keeps, so that each is rendered when its turn comes.
	const roots = Array.from({ length: shape.count / shape.branch - 2 }, (_, at) => 20 + at * shape.branch + 1);
	const pages = roots.map((after) => `${longest}?after=${after}`);
	for (const [what, paths] of [
		["a post", [talked]],
		["a post, rendered each time", pages],
	] as const) {
		const raced = await race(
			paths.map((path) => large.blog + path),
			paths.map((path) => small.blog + path),
		);
		add(
			`Requests a second of ${what}: among 10,000 posts, to among 10`,
			`${raced.a.toFixed(0)} / ${raced.b.toFixed(0)} = ${raced.ratio.toFixed(2)}`,
			"at least 0.9",
			raced.ratio >= 0.9,
		);
	}
	await small.stop();
	await large.stop();
}

async function built(folder: string, posts: number) {
	const content = join(folder, `of-${posts}`);
	const outDir = join(folder, `out-${posts}`);
	writeBlog(content, posts);
	const cache = createContentCache();
	const took = await timed(() => buildContent({ contentDir: content, outDir, cache }));
	const post = join(content, "posts", "p7.md");
	writeFileSync(post, `${readFileSync(post, "utf8")}\nEdited.\n`);
	const again = await timed(() => buildContent({ contentDir: content, outDir, cache }));
	const bundle = await deployedWorker(outDir);
	const texts = join(outDir, "assets/_bodies");
	const assets = existsSync(texts) ? readdirSync(texts).length : 0;
	return { content, outDir, took, again, bundle, assets, options: directOptions(bundle, outDir) };
}

/** Time on a processor in milliseconds: a build waits for nothing but its disk, and the machine may do other things. */
async function timed(run: () => Promise<unknown>): Promise<number> {
	const start = process.cpuUsage();
	await run();
	const { user, system } = process.cpuUsage(start);
	return (user + system) / 1000;
}

/**
 * Returns the time in milliseconds that a start is busy, by Cloudflare's own tool. Compiling comes before it, and is in the
 * rows on starts.
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
async function startsOf<Name extends string>(
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

function kilobytes(bytes: number): string {
	return `${(bytes / 1024).toFixed(0)} KB`;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(0)} MB`;
}

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildContent } from "../../src/build/build.ts";
import { createContentCache } from "../../src/build/content.ts";
import { fillThread } from "../support/fill.ts";
import { writeBlog } from "./content.ts";
import { bare, startsOf } from "./isolate.ts";
import { race } from "./measure.ts";
import { deployedWorker, directOptions, packedSize, startWorkers } from "./workers.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

const talked = "/2000/01/02/p1/";
const longest = "/2000/01/04/p3/";

/** Measures a blog of ten thousand posts beside one of ten: its build, size, start, memory and speed. */
export async function scale(folder: string, add: Add): Promise<void> {
	const few = await built(folder, 10);
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

	const { least, ten, most } = await startsOf({
		least: bare,
		ten: few.options,
		most: many.options,
	});
	const ratio = (most.cpu - least.cpu) / (ten.cpu - least.cpu);
	add(
		"Start and first post page, CPU beyond a bare Worker's: of 10,000 posts to 10",
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

	const small = await startWorkers(few.content, bare.script);
	const large = await startWorkers(many.content, bare.script);
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

function kilobytes(bytes: number): string {
	return `${(bytes / 1024).toFixed(0)} KB`;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(0)} MB`;
}

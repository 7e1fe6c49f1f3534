import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildContent, variantsFolder } from "../../src/build/build.ts";
import { createContentCache, readContent } from "../../src/build/content.ts";
import { readText, textsPerChunk } from "../../src/search/texts.ts";
import type { TestPost } from "../support/search.ts";
import { searchOverBuild } from "../support/search.ts";
import { openMiniSearch, openOrama } from "../support/search-libraries.ts";
import { writeBlog } from "./content.ts";
import { cpuMilliseconds } from "./measure.ts";
import { startWorkers } from "./workers.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

const bare = 'export default { fetch: () => new Response("bare") }';

/** Searches in turn, each at an address of its own, so that no cache answers: words, runs, a typo, a phrase, filters. */
const queries = [
	"kakaka timoka",
	"一刀",
	"kativer",
	'"ver al"',
	"tag:tag on",
	"沙刺が",
	"mo -re",
	"verka OR onti",
];

/** The search on blogs of three sizes: its index, the time to build it, and what queries take of the Worker. */
export async function search(folder: string, add: Add): Promise<void> {
	for (const posts of [100, 1000, 10_000]) await measure(folder, posts, add);
}

async function measure(folder: string, posts: number, add: Add): Promise<void> {
	const content = join(folder, `search-${posts}`);
	const outDir = join(folder, `search-out-${posts}`);
	const of = `${posts.toLocaleString("en")} posts`;
	writeBlog(content, posts);
	mkdirSync(outDir, { recursive: true });
	const without = await timed(() => readContent(content, variantsFolder(outDir), createContentCache()));
	const building = await timed(async () => without.value.search());
	add(
		`Search, ${of}: building the index, to reading the posts, CPU`,
		`${seconds(building.cpu)} / ${seconds(without.cpu)} = ${(building.cpu / without.cpu).toFixed(2)}`,
		"under 1",
		building.cpu < without.cpu,
	);
	await buildContent({ contentDir: content, outDir });
	const { sizes, find, reads } = await searchOverBuild(outDir);
	add(
		`Search, ${of}: index, to the text`,
		`${kilobytes(sizes.index)} / ${kilobytes(sizes.texts)} = ${(sizes.index / sizes.texts).toFixed(2)}`,
		"at most 0.33",
		sizes.index / sizes.texts <= 1 / 3,
	);
	let [most, texts] = [0, 0];
	for (const query of queries) {
		reads();
		await find(query);
		const files = [...new Set(reads())];
		most = Math.max(most, files.filter((path) => /-[tw]\.bin$/.test(path)).length);
		texts = Math.max(texts, files.filter((path) => !/-[tw]\.bin$/.test(path)).length);
	}
	add(
		`Search, ${of}: files of the index read by a query, and files of texts`,
		`${most}, ${texts}`,
		"at most 6",
		most <= 6,
	);
	await queryWorker(content, of, add);
	await libraries(outDir, of, add);
}

/** Measures process time and memory of a workerd that searches, beyond those of a bare Worker in it. */
async function queryWorker(content: string, of: string, add: Add): Promise<void> {
	const workers = await startWorkers(content, bare);
	const ask = async (origin: string, from: number, count: number) => {
		const before = cpuMilliseconds(workers.pid);
		for (let at = from; at < from + count; at++) {
			const path = pathOf(at);
			const response = await fetch(origin + path);
			if (!response.ok) throw new Error(`${path} was answered ${response.status}`);
			await response.arrayBuffer();
		}
		return (cpuMilliseconds(workers.pid) - before) / count;
	};
	await ask(workers.bare, 0, 50);
	// A Worker that has rendered many other pages: what it holds then is not of the search.
	const others = Array.from(
		{ length: 80 },
		(_, at) => `/tag/tag-${at % 50}/${at < 50 ? "" : `feed.xml?${at}`}`,
	);
	for (const path of others) await (await fetch(workers.blog + path)).arrayBuffer();
	const before = await workers.heapBytes();
	await ask(workers.blog, 0, 80);
	const after = await workers.heapBytes();
	const held = after.held - before.held;
	const [own, least] = [await ask(workers.blog, 1000, 400), await ask(workers.bare, 1000, 400)];
	add(
		`Search, ${of}: CPU of a query, beyond a bare Worker's`,
		`${own.toFixed(1)} - ${least.toFixed(1)} = ${(own - least).toFixed(1)} ms`,
		"at most 10 ms",
		own - least <= 10,
	);
	add(
		`Search, ${of}: memory an isolate holds after 80 queries, beyond that after 80 other pages`,
		`${megabytes(after.held)} - ${megabytes(before.held)} = ${megabytes(held)}`,
		"at most 30 MB",
		held <= 30e6,
	);
	add(
		`Search, ${of}: the same with garbage that is not collected yet`,
		`${megabytes(after.used)} - ${megabytes(before.used)}`,
		"under 128 MB",
		after.used < 128e6,
	);
	await workers.stop();
}

/** Returns the address of a query that no cache has. */
function pathOf(number: number): string {
	return `/search?${new URLSearchParams({ q: `${queries[number % queries.length]} ${number}` })}`;
}

/** Milliseconds of CPU that a library may take to index, as far as a tenth of the posts tells. */
const longest = 120_000;

/** Milliseconds of CPU that each library took for the blog before, of a tenth of the posts. */
const tookBefore = new Map<string, number>();

/** Measures what two libraries that hold their index in memory take for the same posts: to be compared, without budgets. */
async function libraries(outDir: string, of: string, add: Add): Promise<void> {
	const { archive, index } = await searchOverBuild(outDir);
	const published = archive.published(Number.MAX_SAFE_INTEGER).toReversed();
	const posts: TestPost[] = published.map(({ title, slug, tags, categories, authors }, at) => {
		const chunk = readFileSync(
			join(outDir, `assets/_search/${index.names.texts[Math.floor(at / textsPerChunk)]}.bin`),
		);
		return { title, slug, tags, categories, authors, text: readText(new Uint8Array(chunk), at) };
	});
	for (const [name, open] of [
		["MiniSearch", async () => openMiniSearch(posts)],
		["Orama", () => openOrama(posts)],
	] as const) {
		const tenth = tookBefore.get(name) ?? 0;
		if (tenth * 10 > longest) {
			add(
				`${name}, ${of}: CPU to index`,
				`not measured: ${seconds(tenth)} for a tenth of the posts`,
				"",
				null,
			);
			continue;
		}
		globalThis.gc?.();
		const before = process.memoryUsage().heapUsed;
		const opened = await timed(open);
		tookBefore.set(name, opened.cpu);
		globalThis.gc?.();
		const held = process.memoryUsage().heapUsed - before;
		for (const query of queries) await opened.value(query);
		const asked = await timed(async () => {
			for (let at = 0; at < 80; at++) await opened.value(`${queries[at % queries.length]} ${at}`);
		});
		add(
			`${name}, ${of}: CPU to index, memory, CPU of a query in Node`,
			`${seconds(opened.cpu)}, ${(held / 1e6).toFixed(0)} MB, ${(asked.cpu / 80).toFixed(1)} ms`,
			"",
			null,
		);
	}
}

async function timed<T>(run: () => Promise<T>): Promise<{ value: T; cpu: number }> {
	const start = process.cpuUsage();
	const value = await run();
	const { user, system } = process.cpuUsage(start);
	return { value, cpu: (user + system) / 1000 };
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`;
